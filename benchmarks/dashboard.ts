import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser, openPage } from '../test/web/browser.ts'
import { dashboardBed } from '../test/web/dashboard-bed.ts'
import { addManyCalculations } from '../test/web/many-calculations.ts'

/**
 * How fast the dashboard is with ten thousand calculations, in a real browser on this machine.
 *
 *     npx tsx benchmarks/dashboard.ts [count]
 */
const count = Number(process.argv[2] ?? 10_000)
const rounds = 7

const folder = mkdtempSync(join(tmpdir(), 'dopant-bench-'))
const bed = await dashboardBed(folder, (store) => addManyCalculations(store, count))
const browser = await launchBrowser()
const { page, visit, close } = await openPage(browser, bed.dashboard.link, { viewport: { width: 1280, height: 800 } })

const cdp = await page.context().newCDPSession(page)
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })

console.log(`${count} calculations, ${rounds} rounds, median (worst) in ms; last: work of the page's main thread, which a busy machine does not change`)
for (const path of ['/', '/queue']) {
  const [paints, fills]: [number[], number[]] = [[], []]
  for (let i = 0; i < rounds; i++) {
    await visit(path)
    await page.waitForSelector(path === '/' ? 'a.cell' : '.jobs a')
    fills.push(await page.evaluate<number>('performance.now()'))
    await page.waitForTimeout(300)
    paints.push(await page.evaluate<number>('performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN'))
  }
  print(`${path} first contentful paint`, paints)
  print(`${path} rows in sight, at most`, fills)
}

await visit('/queue')
await page.waitForSelector('.jobs a')
await measure('queue: a letter typed into the search', async (i) => page.keyboard.type('al-on'[i % 5] ?? 'a'), async () => page.focus('input[type=search]'))
await page.fill('input[type=search]', '')
await measure('queue: sorted by name', () => page.locator('.jobs [role=columnheader] button').nth(1).click())
await measure('queue: scrolled by a page', () => page.mouse.wheel(0, 900), () => page.locator('.jobs').hover())
await visit('/')
await page.waitForSelector('a.cell')
await page.locator('a.cell').first().focus()
await measure('matrix: an arrow key', () => page.keyboard.press('ArrowDown'))
await measure('matrix: PageDown', () => page.keyboard.press('PageDown'))
await measure('matrix: a state chosen in the legend', () => page.locator('.chip').first().click())

await close()
await browser.close()
await bed.close()
rmSync(folder, { recursive: true })

/** From the event to the next painted frame, as the browser itself measures it (event timing, steps of 8 ms). */
async function measure(words: string, act: (round: number) => Promise<unknown>, prepare: () => Promise<unknown> = async () => undefined): Promise<void> {
  await prepare()
  await page.evaluate(`
    window.slow = []
    window.watcher?.disconnect()
    window.watcher = new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.slow.push(entry.duration) })
    window.watcher.observe({ type: 'event', durationThreshold: 16 })`)
  const [durations, work]: [number[], number[]] = [[], []]
  for (let i = 0; i < rounds; i++) {
    await page.evaluate('window.slow.length = 0')
    const before = await mainThreadMs()
    await act(i)
    await page.waitForTimeout(300)
    work.push((await mainThreadMs()) - before)
    // What is not listed took less than the smallest that the browser reports.
    durations.push(await page.evaluate<number>('Math.max(16, ...window.slow)'))
  }
  print(words, durations, work)
}

async function mainThreadMs(): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
}

function print(words: string, durations: readonly number[], work?: readonly number[]): void {
  const worst = Math.round(Math.max(...durations))
  const thread = work === undefined ? '' : `  work ${Math.round(median(work))}`
  console.log(`${words.padEnd(44)} ${Math.round(median(durations))} (${worst})${thread}`)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
