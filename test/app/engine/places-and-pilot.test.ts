import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance } from '../../../src/app/engine/advance.ts'
import { fillSite, startable } from '../../../src/app/engine/fill-site.ts'
import { acceptPilot, holdForPilot, pilotReport, pilotWords } from '../../../src/app/screens/pilot.ts'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import type { CalculationState } from '../../../src/workflow/calculation-state.ts'
import type { CalculationChange, Store } from '../../../src/ports/store.ts'
import type { Candidate } from '../../../src/workflow/candidate.ts'
import type { PlannedCalculation } from '../../../src/workflow/planned-calculation.ts'
import { mgoPlan, mgoScreen } from '../../contracts/store-fixtures.ts'
import { rehearsedProject, type RehearsedProject } from './rehearsed-project.ts'

const program = `{ program: ${JSON.stringify(process.execPath)}, args: [${JSON.stringify(resolve('bin/dopant-rehearsal.js'))}], version: rehearsal }`
const site = (folder: string): string => `{ transport: { kind: local }, scheduler: direct, workFolder: ${folder}, maxJobs: 2, vasp: ${program} }`
const sites = `first: ${site('/tmp/dopant-nothing-runs-here-1')}\nsecond: ${site('/tmp/dopant-nothing-runs-here-2')}\n`
const why = { actor: 'test', reason: 'a test' }

describe('what starts where, and when; nothing is run', () => {
  let project: RehearsedProject
  let parts: EngineParts
  let store: Store
  beforeAll(async () => {
    project = await rehearsedProject(sites)
    parts = project.workspace.parts
    store = parts.store
  })
  afterAll(() => project?.workspace.close())

  const growth = (name: string, added: readonly PlannedCalculation[], candidates: readonly Candidate[] = []) => ({
    ...{ screen: mgoScreen(name, candidates), site: 'first', added, priority: 0 },
    ...{ sites: [] as readonly string[], replaced: [], obsolete: [], revived: [], calculationIds: added.map(({ id }) => id) },
  })
  async function move(id: string, states: readonly CalculationState[], change: CalculationChange = {}): Promise<void> {
    for (const to of states) await store.transition((await store.calculation(id))!, to, why, change)
  }
  const siteOf = async (id: string) => (await store.calculation(id))?.site

  it('the most urgent goes first, and a person may change that', async () => {
    const plans = ['a', 'b', 'c'].map((candidate) => mgoPlan('order', candidate))
    await store.growScreen(growth('order', plans))
    await store.growScreen({ ...growth('urgent', [mgoPlan('urgent', 'a')]), priority: 5 })
    await advance(parts)
    const first = (await startable(parts, 'first', 4)).map(({ id }) => id)

    await store.setPriority(['order/c/relax'], 50)
    const then = (await startable(parts, 'first', 4)).map(({ id }) => id)

    expect(first).toEqual(['urgent/a/relax', 'order/a/relax', 'order/b/relax', 'order/c/relax'])
    expect(then).toEqual(['order/c/relax', 'urgent/a/relax', 'order/a/relax', 'order/b/relax'])
    for (const id of then) await move(id, ['cancelled'])
  })

  it('a calculation with a choice waits at its first site while that has a place, and goes where one is free when it has none', async () => {
    const plans = ['a', 'b', 'c', 'd'].map((candidate) => mgoPlan('choice', candidate))
    await store.growScreen({ ...growth('choice', plans), sites: ['first', 'second'] })
    await store.growScreen(growth('stays', [mgoPlan('stays', 'a')]))
    await advance(parts)

    await fillSite(parts, 'second')
    expect(await Promise.all(plans.map(({ id }) => siteOf(id)))).toEqual(['first', 'first', 'first', 'first'])

    // Two places of two are taken now.
    for (const name of ['a', 'b']) await move(`choice/${name}/relax`, ['staged'], { attempt: 1 })
    await fillSite(parts, 'second')

    expect(await Promise.all(plans.map(({ id }) => siteOf(id)))).toEqual(['first', 'first', 'second', 'second'])
    expect(await siteOf('stays/a/relax')).toBe('first')
    const reasons = (await store.events({ calculationId: 'choice/c/relax' })).map(({ reason }) => reason)
    expect(reasons).toContain('second has a place, first has none')
  })

  it('a step that follows a relaxation goes to its site, where the WAVECAR is', async () => {
    const relax = mgoPlan('follows', 'a')
    const next = mgoPlan('follows', 'a', 'static', [relax.id])
    await store.growScreen({ ...growth('follows', [relax, next]), sites: ['first', 'second'] })
    await move(relax.id, ['ready'])
    await store.moveToSite((await store.calculation(relax.id))!, 'second', 'a test')
    await move(relax.id, ['collected', 'done'])

    await advance(parts)

    expect(await store.calculation(next.id)).toMatchObject({ state: 'ready', site: 'second' })
    await expect(store.moveToSite({ id: next.id, revision: 1 }, 'first', 'too late')).rejects.toMatchObject({ code: 'STALE_REVISION' })
  })

  it('a pilot runs before the rest, whose core-hours follow from its own', async () => {
    const candidates = [{ id: 'pristine', series: 'pristine' }, { id: 'b-on-mg', series: 'Mg' }] as unknown as readonly Candidate[]
    const plans = ['pristine', 'b-on-mg'].flatMap((candidate) => [mgoPlan('pilot', candidate), mgoPlan('pilot', candidate, 'static', [`pilot/${candidate}/relax`])])
    const doubled = plans.map((plan) => (plan.candidateId === 'pristine' ? plan : { ...plan, electronCount: 4 * plan.electronCount }))
    await store.growScreen({ ...growth('pilot', doubled, candidates), screen: { ...mgoScreen('pilot', candidates), options: { pilot: 'waiting' } } })

    expect(await holdForPilot(store, 'pilot')).toBe(2)
    expect(await holdForPilot(store, 'pilot')).toBe(2)
    await expect(pilotReport(store, 'pilot')).rejects.toMatchObject({ code: 'PILOT_UNFINISHED' })
    await advance(parts)
    for (const [step, coreHours] of [['relax', 10], ['static', 1]] as const) {
      const id = `pilot/pristine/${step}`
      if (step === 'static') await advance(parts)
      await move(id, ['staged'], { attempt: 1 })
      await move(id, ['submitting', 'queued'])
      await move(id, ['ended'], { record: { coreHours } })
      await move(id, ['collected', 'done'])
    }
    const report = await pilotReport(store, 'pilot')
    expect(await pilotWords(store, 'pilot')).toBe('The pilot of pilot is done; 2 calculations wait for about 352 core-hours: `dopant accept pilot`.')
    await acceptPilot(store, 'pilot', report)
    await advance(parts)

    expect(report.usedCoreHours).toBe(11)
    expect(report.leftCoreHours).toBeNull()
    // 4^2.5 = 32
    expect(report.estimate.coreHours).toBeCloseTo(11 * 32, 8)
    expect((await store.summaries({ screenName: 'pilot' })).map(({ state }) => state)).toEqual(['done', 'done', 'ready', 'planned'])
    expect((await store.screen('pilot'))?.options).toEqual({ pilot: 'accepted' })
    await expect(pilotReport(store, 'pilot')).rejects.toMatchObject({ code: 'NO_PILOT' })
    await expect(pilotReport(store, 'order')).rejects.toMatchObject({ code: 'NO_PILOT' })
    expect(await pilotWords(store, 'pilot')).toBeUndefined()
  })

  it('a pilot whose results were taken from another screen is timed by what those had cost, and has used nothing itself', async () => {
    const candidates = [{ id: 'pristine', series: 'pristine' }, { id: 'b-on-mg', series: 'Mg' }] as unknown as readonly Candidate[]
    const plans = candidates.map(({ id }) => mgoPlan('second', id))
    await store.growScreen({ ...growth('second', plans, candidates), screen: { ...mgoScreen('second', candidates), budgetCoreHours: 4, options: { pilot: 'waiting' } } })
    await holdForPilot(store, 'second')
    expect(await pilotWords(store, 'second')).toContain('is held until')
    await advance(parts)
    await move('second/pristine/relax', ['collected'], { reusedFrom: 'pilot/pristine/relax' })
    await move('second/pristine/relax', ['done'])

    const { estimate, usedCoreHours, leftCoreHours } = await pilotReport(store, 'second')

    expect([estimate.coreHours, usedCoreHours, leftCoreHours]).toEqual([10, 0, 4])
  })
})
