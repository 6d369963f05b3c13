import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

/** The browser of this machine; undefined where there is none. */
export const browserPath: string | undefined = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
)

export const noBrowserReason = 'no Chromium on this machine: set CHROMIUM to its path'

export function launchBrowser(): Promise<Browser> {
  // WebGL without a graphics card; no sandbox, because tests may run as root.
  const args = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
  return chromium.launch({ executablePath: browserPath ?? '', args })
}

export interface OpenedPage {
  readonly page: Page
  /** What the browser complained of: scripts that failed, content that the policy stopped. */
  readonly complaints: readonly string[]
  /** To an address of the dashboard, within the same session. */
  readonly visit: (path: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the printed link as a person does, and waits for the page behind it. */
export async function openPage(browser: Browser, link: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(link)
  await page.waitForSelector('main h1', { state: 'attached' })
  const visit = async (path: string): Promise<void> => {
    await page.goto(new URL(link).origin + path)
    await page.waitForSelector('main h1', { state: 'attached' })
  }
  return { page, complaints, visit, close: () => context.close() }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeViolation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

/** What axe finds against WCAG 2.2 A and AA, one line for each element. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const violations = await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then((found) => found.violations)`)
  return (violations as readonly AxeViolation[]).flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n').slice(1).join(' ') ?? ''}`))
}
