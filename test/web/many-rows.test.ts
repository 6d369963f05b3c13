import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, launchBrowser, noBrowserReason, openPage } from './browser.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dashboardBed, type DashboardBed } from './dashboard-bed.ts'
import { addManyCalculations } from './many-calculations.ts'

if (browserPath === undefined) console.warn(`skipped test/web/many-rows.test.ts: ${noBrowserReason}`)

describe.skipIf(browserPath === undefined)('the dashboard with ten thousand calculations', () => {
  let bed: DashboardBed
  let browser: Browser

  beforeAll(async () => {
    ;[bed, browser] = await Promise.all([dashboardBed(temporaryFolder(), (store) => addManyCalculations(store, 10_000)), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await bed.close()
  })

  it('lists all jobs, draws only those in sight, and finds, filters and sorts them', async () => {
    const { page, visit, complaints, close } = await openPage(browser, bed.dashboard.link)
    await visit('/queue')
    await page.waitForSelector('text=10,000 jobs')
    expect(await page.locator('.jobs [role=row]').count()).toBeLessThan(80)

    await page.keyboard.press('/')
    await page.keyboard.type('w-on-mn static')
    await page.waitForSelector('text=/^3\\d\\d jobs/')
    await page.getByRole('columnheader', { name: 'Calculation' }).getByRole('button').click()
    expect(await page.locator('.jobs a').first().innerText()).toBe('large/W-on-Mn1007/static')

    await page.fill('input[type=search]', '')
    await page.locator('.jobs').evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
    await page.waitForSelector('.jobs a >> text=large/Zr-on-Mn986/static')
    expect(complaints).toEqual([])
    await close()
  })

  it('is walked through with the keyboard alone', async () => {
    const { page, close } = await openPage(browser, bed.dashboard.link)
    await page.waitForSelector('a.cell')
    const focus = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText')

    for (let tabs = 0; tabs < 40 && !(await focus()).startsWith('B-on-Mn0, relax'); tabs++) await page.keyboard.press('Tab')
    expect(await focus()).toContain('B-on-Mn0, relax')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect.poll(focus).toContain('Al-on-Mn1, static')
    await page.keyboard.press('Control+End')
    await expect.poll(focus).toContain('Mn4999, static')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1:has-text("Mn4999")')

    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open] >> text=Keys and signs')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
    await page.keyboard.press('q')
    await page.waitForSelector('h1:has-text("Queue")')
    await close()
  })

  it('asks before what costs, does what it was told, and writes who did it', async () => {
    const failed = (await bed.store.summaries({ states: ['failed'] }))[0]!
    const ready = (await bed.store.summaries({ states: ['ready'] }))[0]!
    const { page, visit, close } = await openPage(browser, bed.dashboard.link)

    await visit(`/calculation/${failed.id}`)
    await page.click('button:has-text("Try again")')
    await page.click('dialog >> text=Leave it')
    await page.waitForSelector('dialog', { state: 'detached' })
    expect((await bed.store.calculation(failed.id))?.state).toBe('failed')
    await page.click('button:has-text("Try again")')
    await page.click('dialog button.main')
    await page.waitForSelector('.calculation-head .state:has-text("Ready")')

    await visit(`/calculation/${ready.id}`)
    await page.click('button:has-text("Pause")')
    await page.waitForSelector('.calculation-head .state:has-text("Paused")')

    const actors = await Promise.all([failed, ready].map(async ({ id }) => (await bed.store.events({ calculationId: id })).at(-1)?.actor))
    expect(actors).toEqual(['dashboard', 'dashboard'])
    await close()
  })

  it('lets go on what was held, puts first what is urgent, and says when nobody is there to end jobs', async () => {
    const [held, ready] = (await Promise.all([bed.store.summaries({ states: ['paused'] }), bed.store.summaries({ states: ['ready'] })])).map((all) => all.at(-1)!)
    const { page, visit, close } = await openPage(browser, bed.dashboard.link)

    await visit(`/calculation/${held!.id}`)
    await page.click('button:has-text("Go on")')
    await page.waitForSelector('.calculation-head .state:has-text("Planned")')

    await visit(`/calculation/${ready!.id}`)
    await page.click('button:has-text("Do it first")')
    await expect.poll(async () => (await bed.store.calculation(ready!.id))?.priority).toBe(1)
    await page.click('button:has-text("Cancel")')
    await page.click('dialog button.main, dialog button.grave, dialog >> text=Cancel it')
    await page.waitForSelector('text=No engine runs that could end jobs')
    expect((await bed.store.calculation(ready!.id))?.state).toBe('ready')

    const last = await Promise.all([held!, ready!].map(async ({ id }) => (await bed.store.events({ calculationId: id })).at(-1)?.actor))
    expect(last).toEqual(['dashboard', 'dashboard'])
    await close()
  })

  it('catches up after it was away, as a laptop that slept', async () => {
    const { page, visit, close } = await openPage(browser, bed.dashboard.link)
    const ready = (await bed.store.summaries({ states: ['ready'] }))[0]!
    await visit(`/calculation/${ready.id}`)
    await page.waitForSelector('.link-state.is-live')

    await page.context().setOffline(true)
    await bed.store.transition(ready, 'paused', { actor: 'person', reason: 'while nobody looked' })
    await page.context().setOffline(false)

    await page.waitForSelector('text=while nobody looked')
    expect(await page.innerText('.calculation-head .state')).toBe('Paused')
    await close()
  })

  it('hands the answer to a question of a site on, and keeps it nowhere', async () => {
    const { page, close } = await openPage(browser, bed.dashboard.link)
    const answer = bed.questions.person.ask!('(me@login.example.org) Verification code: ', { echo: false })

    await page.fill('.question input[type=password]', '492817')
    await page.click('.question >> text=Answer')

    expect(await answer).toBe('492817')
    await page.waitForSelector('.question', { state: 'detached' })
    expect(bed.said.join('\n')).not.toContain('492817')
    await close()
  })
})
