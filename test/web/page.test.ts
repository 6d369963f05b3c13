import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dopant, smallProject } from '../integration/small-screen.ts'
import { smallScreen } from '../integration/small-screen-text.ts'
import { accessibilityFaults, browserPath, launchBrowser, noBrowserReason, openPage } from './browser.ts'

if (browserPath === undefined) console.warn(`skipped test/web/page.test.ts: ${noBrowserReason}`)

const screen = smallScreen.replace('elements: [B, Al]', 'elements: [B]').replace(/delithiation:.*\n/, '')

/** One real engine with its dashboard, and a small screen that runs while the page is open. */
describe.skipIf(browserPath === undefined)('the dashboard while a screen runs', () => {
  let browser: Browser
  let served: ReturnType<typeof dopant>
  let link: string
  let folder: string

  beforeAll(async () => {
    const project = smallProject(screen)
    const { screenFile } = project
    folder = project.folder
    served = dopant(['serve', screenFile, '--port', '0'], { DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.02' })
    ;[browser, link] = await Promise.all([launchBrowser(), printedLink(served)])
  })
  afterAll(async () => {
    await browser.close()
    served.child.kill('SIGINT')
    await served.finished
  })

  it('shows a screen from its first submission to its tables without being loaded again, and saves them', async () => {
    const { page, complaints, close } = await openPage(browser, link)
    await page.evaluate('window.isTheSamePage = true')

    await page.waitForSelector('a.cell[aria-label^="pristine, relax"]')
    await page.click('nav >> text=Results')
    await page.waitForSelector('text=4 of 4 calculations done', { timeout: 120_000 })
    await page.waitForSelector('table.result tbody tr >> nth=1 >> text=B–O')
    const cells = await page.locator('table.result tbody tr').allInnerTexts()

    expect(await page.evaluate('window.isTheSamePage')).toBe(true)
    expect(cells).toHaveLength(2)
    expect(cells[1]).toMatch(/^B-on-Mn\s.*rehearsal\s+B–O\s.*\d\.\d{3}/)
    await expect.poll(() => page.evaluate('document.images[0]?.naturalWidth'), { timeout: 20_000 }).toBeGreaterThan(100)
    const saved = await page.request.get(`${new URL(link).origin}/api/export?screen=small&table=bonds&format=csv`)
    expect(saved.headers()['content-disposition']).toBe('attachment; filename="bonds.csv"')
    expect(await saved.text()).toMatch(/^Candidate,Series,Dopant.*\r?\npristine,/)
    expect(complaints).toEqual([])
    await close()
  })

  it('draws the atoms, the curves and the history of a calculation, and hands out its files but no POTCAR', async () => {
    const { page, complaints, visit, close } = await openPage(browser, link)

    await visit('/calculation/small/B-on-Mn/relax')
    await page.waitForSelector('.viewer canvas')
    await page.waitForSelector('text=/Ions: \\d+ steps/')
    await page.click('summary:has-text("Inputs")')
    await page.waitForSelector('pre:has-text("EDIFFG")')
    const states = await page.locator('.moves .state').allInnerTexts()
    const origin = new URL(link).origin
    const file = await page.request.get(`${origin}/api/file?id=small/B-on-Mn/relax&name=POSCAR`)
    const refused = await Promise.all(['POTCAR', '../../../dopant.yaml', '/etc/passwd'].map((name) => page.request.get(`${origin}/api/file`, { params: { id: 'small/B-on-Mn/relax', name } })))

    expect(states.slice(0, 7)).toEqual(['Staged', 'Submitting', 'Queued', 'Running', 'Ended', 'Collected', 'Done'])
    expect(await file.text()).toContain('Direct')
    expect(refused.map((answer) => answer.status())).toEqual([400, 400, 400])
    expect(await page.innerText('.viewer-card')).toMatch(/Largest shifts: [A-Z][a-z]?-\d+ \d\.\d\d Å/)
    expect(complaints).toEqual([])
    await close()
  })

  it('says who has the project, and is shown beside an engine when it is asked to', async () => {
    const second = await dopant(['serve', '--project', folder, '--port', '0']).finished
    const beside = dopant(['serve', '--project', folder, '--port', '0', '--no-engine'])
    const { page, close } = await openPage(browser, await printedLink(beside))
    await page.waitForSelector('a.cell[aria-label="pristine, relax: Done"]')
    await close()
    beside.child.kill('SIGINT')

    expect(second).toMatchObject({ code: 2, stdout: '' })
    expect(second.stderr).toMatch(/dopant serve --no-engine[\s\S]*Process \d+ already works on the project/)
    expect((await beside.finished).code).toBe(0)
  })

  it('shows every probe of a site as it is answered', async () => {
    const { page, visit, close } = await openPage(browser, link)

    await visit('/sites')
    await page.click('text=Look, without a job')
    await page.waitForSelector('.outcome', { timeout: 60_000 })

    const probes = await page.locator('.probes b').allInnerTexts()
    expect(probes.slice(0, 3)).toEqual(['connection', 'clock', 'scheduler'])
    await close()
  })

  it('has no accessibility fault that axe knows, in light colours on a phone, where no page scrolls sideways', async () => {
    const { page, visit, close } = await openPage(browser, link, { colorScheme: 'light', reducedMotion: 'reduce', viewport: { width: 390, height: 844 } })
    for (const [path, ready] of pages) {
      await visit(path)
      await page.waitForSelector(ready)

      expect(await accessibilityFaults(page), path).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0)
    }
    await close()
  })

  it('has none in dark colours on a desk; a picture without words would be noticed', async () => {
    const { page, visit, close } = await openPage(browser, link, { colorScheme: 'dark', reducedMotion: 'reduce' })
    for (const [path, ready] of pages) {
      await visit(path)
      await page.waitForSelector(ready)

      expect(await accessibilityFaults(page), path).toEqual([])
    }
    await page.evaluate('document.querySelector("main").append(document.createElement("img"))')
    expect((await accessibilityFaults(page))[0]).toContain('image-alt')
    await close()
  })
})

/** Every page, and what is there when it has been filled. */
const pages = [
  ['/', 'a.cell'],
  ['/queue', '.jobs a'],
  ['/calculation/small/B-on-Mn/relax', '.plot canvas'],
  ['/results', 'table.result tbody tr'],
  ['/sites', '.facts'],
] as const

async function printedLink({ child, finished }: ReturnType<typeof dopant>): Promise<string> {
  const lines = new Promise<string>((resolve) => child.stdout?.on('data', (text: Buffer) => /http:\S+/.test(text.toString()) && resolve(/http:\S+/.exec(text.toString())![0])))
  return Promise.race([lines, finished.then(({ stderr }) => Promise.reject(new Error(stderr)))])
}
