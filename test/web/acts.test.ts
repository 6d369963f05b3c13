import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventRecord, Store } from '../../src/ports/store.ts'
import type { Correction } from '../../src/recovery/correction.ts'
import type { Candidate } from '../../src/workflow/candidate.ts'
import { mgoPlan, mgoScreen } from '../contracts/store-fixtures.ts'
import { dopant, smallProject } from '../integration/small-screen.ts'
import { smallScreen } from '../integration/small-screen-text.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { browserPath, launchBrowser, noBrowserReason, openPage } from './browser.ts'
import { dashboardBed, type DashboardBed } from './dashboard-bed.ts'

if (browserPath === undefined) console.warn(`skipped test/web/acts.test.ts: ${noBrowserReason}`)

const screen = smallScreen.replace('elements: [B, Al]', 'elements: [B]').replace(/delithiation:.*\n/, '')
const [pristine, boron] = ['small/pristine/relax', 'small/B-on-Mn/relax']

describe.skipIf(browserPath === undefined)('jobs cancelled from the page', () => {
  let browser: Browser
  let served: ReturnType<typeof dopant>
  let beside: ReturnType<typeof dopant>
  let [link, linkBeside, folder] = ['', '', '']

  beforeAll(async () => {
    const project = smallProject(screen, { hasDatabase: true })
    folder = project.folder
    // No job ends by itself while the test lasts.
    served = dopant(['serve', project.screenFile, '--port', '0'], { DOPANT_REHEARSAL_SECONDS_PER_STEP: '60' })
    ;[browser, link] = await Promise.all([launchBrowser(), printedLink(served)])
    beside = dopant(['serve', '--project', folder, '--port', '0', '--no-engine'])
    linkBeside = await printedLink(beside)
  })
  afterAll(async () => {
    await browser?.close()
    for (const { child, finished } of [beside, served]) {
      child.kill('SIGINT')
      await finished
    }
  })

  const cancelOn = async (at: string, id: string): Promise<readonly EventRecord[]> => {
    const { page, visit, close } = await openPage(browser, at)
    page.setDefaultTimeout(100_000)
    await visit(`/calculation/${id}`)
    await page.waitForSelector('.calculation-head .state:has-text("Running")')
    await page.click('.calculation-head button:has-text("Cancel")')
    await page.waitForSelector(`dialog >> text=core-hours are spent`)
    await page.click('dialog button:has-text("Cancel it")')
    await page.waitForSelector('.calculation-head .state:has-text("Cancelled")')
    const { events } = (await (await page.request.get(`${new URL(at).origin}/api/calculation?id=${id}`)).json()) as { events: readonly EventRecord[] }
    await close()
    return events
  }

  it('end through the engine that serves the page, and what waited for them stops too', { retry: 0 }, async () => {
    const events = await cancelOn(link, pristine)

    expect(events.map(({ to, actor }) => [to, actor])).toContainEqual(['cancelling', 'dashboard'])
    expect(events.at(-1)).toMatchObject({ to: 'cancelled', actor: 'poll' })
    const { page, visit, close } = await openPage(browser, link)
    page.setDefaultTimeout(100_000)
    await visit('/calculation/small/pristine/static')
    await page.waitForSelector('.calculation-head .state:has-text("Blocked")')
    await close()
  })

  it('end through another engine, in the name of the dashboard all the same', { retry: 0 }, async () => {
    const events = await cancelOn(linkBeside, boron)

    expect(events.map(({ to, actor }) => [to, actor])).toContainEqual(['cancelling', 'dashboard'])
    expect(events.some(({ actor }) => actor === 'person')).toBe(false)
  })
})

describe.skipIf(browserPath === undefined)('a correction for the series, accepted on the page', () => {
  let bed: DashboardBed
  let browser: Browser
  beforeAll(async () => {
    ;[bed, browser] = await Promise.all([dashboardBed(temporaryFolder(), offerCorrection), launchBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await bed?.close()
  })
  const states = async () => Object.fromEntries((await bed.store.summaries()).map(({ id, state }) => [id, state]))

  it('tells first what it costs, from what the members had cost, and changes nothing when it is left', async () => {
    const { page, visit, close } = await openPage(browser, bed.dashboard.link)
    const before = await states()
    await visit('/calculation/mgo/c/relax')
    const question = await asked(page)

    expect(question).toContain('3 finished calculations of mgo run again, for about 29 core-hours')
    expect(question).toContain('ISYM = 0')
    await page.click('dialog button:has-text("Leave it")')
    await page.waitForSelector('dialog', { state: 'detached' })
    expect(await states()).toEqual(before)
    await close()
  })

  it('is kept for the series, whose members run again, in the name of the dashboard', async () => {
    const { page, visit, complaints, close } = await openPage(browser, bed.dashboard.link)
    await visit('/calculation/mgo/c/relax')
    await asked(page)
    await page.click('dialog button:has-text("Accept for the series")')
    await page.waitForSelector('text=/4 calculations: run with the correction/')

    expect(await states()).toEqual({ 'mgo/a/relax': 'ready', 'mgo/a/static': 'planned', 'mgo/b/relax': 'ready', 'mgo/c/relax': 'ready' })
    expect((await bed.store.acceptedCorrections('mgo')).map(({ name, step }) => [name, step])).toEqual([['rhosyg/3', 'relax']])
    expect((await bed.store.events({ calculationId: 'mgo/b/relax' })).at(-1)).toMatchObject({ actor: 'dashboard', reason: 'the series takes rhosyg/3' })
    expect(complaints).toEqual([])
    await close()
  })
})

/** The words of the question before it. */
async function asked(page: Page): Promise<string> {
  await page.click('button:has-text("Accept the correction")')
  return page.innerText('dialog[open]')
}

const withoutSymmetry: Correction = {
  ...{ symptom: 'rhosyg', ladderStep: 3, cap: 1, class: 'comparability', changes: [{ kind: 'set', tag: 'ISYM', value: 0 }] },
  ...{ reason: 'VASP need not find the symmetry', source: 'https://vasp.at/wiki/ISYM' },
}

/** `a` and `b` are done for 16, 1 and 12 core-hours; `c` failed and would go on without symmetry. */
async function offerCorrection(store: Store): Promise<void> {
  const plans = [mgoPlan('mgo', 'a'), mgoPlan('mgo', 'a', 'static', ['mgo/a/relax']), mgoPlan('mgo', 'b'), mgoPlan('mgo', 'c')]
  await store.saveScreen(mgoScreen('mgo', ['a', 'b', 'c'].map(candidate)))
  await store.addCalculations('mgo', 'rehearsal', plans)
  const why = { actor: 'test', reason: 'a test' }
  const move = async (id: string, coreHours: number, decision: object): Promise<void> => {
    const ready = await store.transition((await store.calculation(id))!, 'ready', why)
    const staged = await store.transition(ready, 'staged', why, { attempt: 1, token: 'd1', remoteFolder: '/scratch/1' })
    const queued = await store.transition(await store.transition(staged, 'submitting', why), 'queued', why)
    const ended = await store.transition(queued, 'ended', why, { record: { coreHours } })
    const isDone = 'correction' in decision === false
    if (isDone) await store.transition(await store.transition(ended, 'collected', why, { record: { decision: decision as never } }), 'done', why)
    else await store.transition(ended, 'failed', why, { record: { decision: decision as never }, failure: { code: 'CONSENT_NEEDED', message: 'rhosyg', remedy: 'accept it' } })
  }
  for (const [id, hours] of [['mgo/a/relax', 16], ['mgo/a/static', 1], ['mgo/b/relax', 12]] as const) await move(id, hours, { kind: 'accept', reason: 'fine' })
  await move('mgo/c/relax', 2, { kind: 'offer', reason: 'rhosyg', correction: withoutSymmetry })
}

function candidate(id: string): Candidate {
  return {
    ...{ id, series: 'pristine', dopant: null, site: null, depthAngstrom: null, compensation: 'none needed', delithiation: null },
    ...{ formula: 'Mg4O4', atomCount: 8, formalChargeBalance: 0, electronParity: 'even', oxidationStates: { Mg: 2, O: -2 } },
    ...{ faces: 'none', frozenLayers: 'none', warnings: [] },
  }
}

async function printedLink({ child, finished }: ReturnType<typeof dopant>): Promise<string> {
  const lines = new Promise<string>((resolve) => child.stdout?.on('data', (text: Buffer) => /http:\S+/.test(text.toString()) && resolve(/http:\S+/.exec(text.toString())![0])))
  return Promise.race([lines, finished.then(({ stderr }) => Promise.reject(new Error(stderr)))])
}
