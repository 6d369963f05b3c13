import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Resources } from '../../src/ports/resources.ts'
import { noTraffic } from '../../src/ports/site-watch.ts'
import type { Store } from '../../src/ports/store.ts'
import type { Correction } from '../../src/recovery/correction.ts'
import type { CalculationState } from '../../src/workflow/calculation-state.ts'
import { describeGrowth } from './growing-store-contract.ts'
import { describeManyAtOnce } from './many-at-once-contract.ts'
import { mgoPlan, mgoScreen } from './store-fixtures.ts'

export interface OpenStore {
  readonly store: Store
  close(): Promise<void>
}

const why = { actor: 'submit', reason: 'a test' }

const oneNode: Resources = { nodes: 1, ranksPerNode: 32, walltimeSeconds: 3600 }

const lessMemory: Correction = {
  symptom: 'out_of_memory',
  ladderStep: 1,
  cap: 1,
  class: 'numerics',
  changes: [{ kind: 'layout', change: 'kpar-1' }],
  reason: 'each group of k-points holds a copy of the density',
  source: 'https://vasp.at/wiki/KPAR',
}

/** What every Store must keep, whatever holds it. `open` is called once. */
export function describeStore(name: string, open: () => Promise<OpenStore>): void {
  describe(name, () => {
    let opened: OpenStore
    let store: Store
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(() => opened?.close())
    describeGrowth(() => store)
    describeManyAtOnce(() => store)

    it('keeps a screen, and replaces its description without touching its calculations', async () => {
      await store.saveScreen(mgoScreen('screens'))
      await store.addCalculations('screens', 'local', [mgoPlan('screens', 'pristine')])
      await store.saveScreen({ ...mgoScreen('screens'), text: 'name: screens\nseries: more\n' })

      expect((await store.screen('screens'))?.text).toBe('name: screens\nseries: more\n')
      expect((await store.screen('screens'))?.createdAt).toBe('2026-11-22T10:00:00.000Z')
      expect(await store.calculations({ screenName: 'screens' })).toHaveLength(1)
      expect((await store.screens()).map(({ name: each }) => each)).toContain('screens')
      expect(await store.screen('never saved')).toBeUndefined()
    })

    it('adds calculations in state planned and returns only those that are new', async () => {
      const plans = ['pristine', 'b-on-mn1', 'p-on-mn1'].map((candidate) => mgoPlan('adds', candidate))

      const first = await store.addCalculations('adds', 'local', plans.slice(0, 2))
      const second = await store.addCalculations('adds', 'local', plans)

      expect(first).toEqual(['adds/pristine/relax', 'adds/b-on-mn1/relax'])
      expect(second).toEqual(['adds/p-on-mn1/relax'])
      const all = await store.calculations({ screenName: 'adds' })
      expect(all.map(({ id, state, revision, attempt }) => [id, state, revision, attempt])).toEqual(
        plans.map(({ id }) => [id, 'planned', 1, 0]),
      )
    })

    it('gives a plan back to the last bit and in its own order of keys', async () => {
      const plan = mgoPlan('bits', 'pristine', 'static', ['bits/pristine/relax'])
      await store.addCalculations('bits', 'local', [plan])

      const found = await store.calculation(plan.id)

      expect(found?.plan).toEqual(plan)
      expect(JSON.stringify(found?.plan)).toBe(JSON.stringify(plan))
      expect(found?.dependsOn).toEqual(['bits/pristine/relax'])
      expect(await store.calculation('bits/nothing')).toBeUndefined()
    })

    it('adds no event and no row when there is nothing to add', async () => {
      expect(await store.addCalculations('none', 'local', [])).toEqual([])
    })

    it('moves a calculation with one event, one revision and the named changes', async () => {
      const planned = await one(store, 'moves')
      const ready = await store.transition(planned, 'ready', {
        actor: 'advance',
        reason: 'nothing to wait for',
      })

      const staged = await store.transition(ready, 'staged', why, {
        attempt: 1,
        token: 'd0a1',
        remoteFolder: '/scratch/x',
      })

      expect(staged).toMatchObject({
        state: 'staged',
        revision: 3,
        attempt: 1,
        token: 'd0a1',
        nativeId: null,
      })
      expect(await store.calculation(planned.id)).toEqual(staged)
      const events = await store.events({ calculationId: planned.id })
      expect(events.map(({ from, to, actor, attempt }) => [from, to, actor, attempt])).toEqual([
        [null, 'planned', 'plan', 0],
        ['planned', 'ready', 'advance', 0],
        ['ready', 'staged', 'submit', 1],
      ])
      expect(events[2]?.reason).toBe('a test')
    })

    it('keeps what a move does not name, and clears what it names as null', async () => {
      const planned = await one(store, 'clears')
      const failure = {
        code: 'SUBMISSION_REJECTED',
        message: 'no such partition',
        remedy: 'Choose a partition.',
      }
      const failed = await store.transition(planned, 'failed', why, {
        failure,
        token: 'd0b2',
        nativeId: '4711',
      })
      const ready = await store.transition(failed, 'ready', why, { failure: null, nativeId: null })

      expect(failed.failure).toEqual(failure)
      expect(ready).toMatchObject({ failure: null, nativeId: null, token: 'd0b2' })
    })

    it('refuses a move from a revision that is no longer there', async () => {
      const planned = await one(store, 'stale')
      await store.transition(planned, 'ready', why)

      await expect(store.transition(planned, 'ready', why)).rejects.toMatchObject({ code: 'STALE_REVISION' })
      expect(await store.events({ calculationId: planned.id })).toHaveLength(2)
    })

    it('refuses a move that the state machine does not have, and one of an unknown calculation', async () => {
      const planned = await one(store, 'illegal')

      await expect(store.transition(planned, 'done', why)).rejects.toMatchObject({
        code: 'ILLEGAL_TRANSITION',
      })
      await expect(store.transition({ id: 'illegal/none', revision: 1 }, 'ready', why)).rejects.toMatchObject(
        {
          code: 'CALCULATION_UNKNOWN',
        },
      )
      expect(await store.calculation(planned.id)).toEqual(planned)
    })

    it('lets exactly one of many simultaneous writers win', async () => {
      const planned = await one(store, 'race')

      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, () => store.transition(planned, 'ready', why)),
      )

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await store.events({ calculationId: planned.id })).toHaveLength(2)
    })

    it('filters by screen, site and states, in the order of adding', async () => {
      const ids = await store.addCalculations(
        'filters',
        'cluster-a',
        ['a', 'b', 'c'].map((each) => mgoPlan('filters', each)),
      )
      await store.addCalculations('filters-too', 'cluster-b', [mgoPlan('filters-too', 'a')])
      const b = await store.calculation('filters/b/relax')
      if (b !== undefined) await store.transition(b, 'ready', why)

      expect((await store.calculations({ site: 'cluster-a' })).map(({ id }) => id)).toEqual(ids)
      expect(
        (await store.calculations({ site: 'cluster-a', states: ['ready', 'staged'] })).map(({ id }) => id),
      ).toEqual(['filters/b/relax'])
      expect(await store.calculations({ site: 'cluster-b', states: ['ready'] })).toEqual([])
      expect(await store.calculations({ screenName: 'filters', states: [] })).toEqual([])
      expect((await store.calculations({ screenName: 'filters', limit: 2 })).map(({ id }) => id)).toEqual(
        ids.slice(0, 2),
      )
    })

    it('lists the same calculations without their plans', async () => {
      await store.addCalculations(
        'summaries',
        'local',
        ['a', 'b'].map((each) => mgoPlan('summaries', each)),
      )

      const whole = await store.calculations({ screenName: 'summaries' })

      const summaries = await store.summaries({ screenName: 'summaries' })
      expect(summaries.map((each) => 'plan' in each)).toEqual([false, false])
      expect(whole).toEqual(summaries.map((each, i) => ({ ...each, plan: whole[i]?.plan })))
    })

    it('gives back what it was given with all that a move changed, and a plan only to a caller who held it', async () => {
      const planned = await one(store, 'plans')
      const ready = await store.transition({ id: planned.id, revision: planned.revision }, 'ready', why)

      expect('plan' in ready).toBe(false)
      expect(ready).toMatchObject({ id: planned.id, step: 'relax', state: 'ready', revision: 2 })
      expect((await store.transition({ ...planned, ...ready }, 'staged', why)).plan).toEqual(planned.plan)
    })

    it('keeps the last result of each attempt and shows the one of the last attempt', async () => {
      const planned = await one(store, 'results')
      await one(store, 'results', 'without')
      await store.saveResult(planned.id, 1, { energySigmaToZeroEv: -11.9 })
      await store.saveResult(planned.id, 2, { energySigmaToZeroEv: -12.1 })
      await store.saveResult(planned.id, 2, { energySigmaToZeroEv: -12.096137291 })

      expect(await store.result(planned.id)).toMatchObject({
        attempt: 2,
        result: { energySigmaToZeroEv: -12.096137291 },
      })
      expect(
        (await store.results('results')).map(({ calculationId, attempt }) => [calculationId, attempt]),
      ).toEqual([[planned.id, 2]])
      expect(await store.result('results/without/relax')).toBeUndefined()
    })

    it('keeps one row for each attempt, written by the moves that know it', async () => {
      const planned = await one(store, 'attempts')
      const ready = await store.transition(planned, 'ready', why)
      const first = { attempt: 1, token: 'd0a1', remoteFolder: '/scratch/attempt-1', nativeId: null }
      const staged = await store.transition(ready, 'staged', why, {
        ...first,
        record: { cores: 32, resources: oneNode, inputSha256: { INCAR: 'c0ffee' } },
      })
      const submitting = await store.transition(staged, 'submitting', why)
      const queued = await store.transition(submitting, 'queued', why, { nativeId: '4711' })
      const ended = await store.transition(queued, 'ended', why, {
        record: {
          startedAt: '2026-11-22T10:00:00.000Z',
          endedAt: '2026-11-22T10:30:00.000Z',
          coreHours: 16,
          exitCode: 137,
          exitCause: 'out-of-memory',
        },
      })
      const again = await store.transition(ended, 'ready', why, {
        record: { decision: { kind: 'correct', reason: 'memory', correction: lessMemory } },
      })
      await store.transition(again, 'staged', why, {
        attempt: 2,
        remoteFolder: '/scratch/attempt-2',
        nativeId: null,
        record: { corrections: [lessMemory] },
      })

      const rows = await store.attempts(planned.id)

      expect(rows).toHaveLength(2)
      expect(rows[0]).toEqual({
        calculationId: planned.id,
        attempt: 1,
        site: 'local',
        remoteFolder: '/scratch/attempt-1',
        nativeId: '4711',
        stagedAt: rows[0]?.stagedAt,
        startedAt: '2026-11-22T10:00:00.000Z',
        endedAt: '2026-11-22T10:30:00.000Z',
        cores: 32,
        coreHours: 16,
        resources: oneNode,
        exitCode: 137,
        exitCause: 'out-of-memory',
        corrections: [],
        diagnoses: [],
        decision: { kind: 'correct', reason: 'memory', correction: lessMemory },
        inputSha256: { INCAR: 'c0ffee' },
        outputs: null,
        origin: null,
        adopted: null,
      })
      expect(rows[1]).toMatchObject({ attempt: 2, nativeId: null, corrections: [lessMemory], coreHours: null })
      expect(await store.attemptsOfScreen('attempts')).toEqual(rows)
      expect(await store.attempts('attempts/none/relax')).toEqual([])
    })

    it('writes nothing about an attempt when the move is refused or none was staged', async () => {
      const planned = await one(store, 'no-attempts')
      const change = { record: { exitCause: 'never' } }
      const ready = await store.transition(planned, 'ready', why, change)

      await expect(store.transition(planned, 'ready', why, { ...change, attempt: 7 })).rejects.toMatchObject({
        code: 'STALE_REVISION',
      })
      expect(ready.attempt).toBe(0)
      expect(await store.attempts(planned.id)).toEqual([])
    })

    it('sums the core-hours of all attempts of a screen', async () => {
      for (const [candidate, hours] of [['a', 1.5], ['b', 0.25]] as const) {
        const ready = await store.transition(await one(store, 'hours', candidate), 'ready', why)
        await store.transition(ready, 'staged', why, { attempt: 1, record: { coreHours: hours } })
      }
      const running = await store.transition(await one(store, 'hours', 'c'), 'ready', why)
      await store.transition(running, 'staged', why, { attempt: 1, record: { cores: 32 } })

      expect(await store.coreHoursOfScreen('hours')).toBe(1.75)
      expect(await store.coreHoursOfScreen('nothing was run')).toBe(0)
    })

    it('keeps the last progress of the current attempt, without an event', async () => {
      const ready = await store.transition(await one(store, 'progress'), 'ready', why)
      const staged = await store.transition(ready, 'staged', why, { attempt: 1 })
      await store.saveProgress(staged.id, 1, { ionicSteps: 1 })
      await store.saveProgress(staged.id, 1, { ionicSteps: 2 })

      expect(await store.progress('progress')).toMatchObject([
        { calculationId: staged.id, attempt: 1, progress: { ionicSteps: 2 } },
      ])
      expect((await store.progress()).map(({ calculationId }) => calculationId)).toContain(staged.id)
      expect(await store.events({ calculationId: staged.id })).toHaveLength(3)

      const back = await store.transition(staged, 'ready', why)
      await store.transition(back, 'staged', why, { attempt: 2 })
      expect(await store.progress('progress')).toEqual([])
    })

    it('keeps what was accepted for a whole series, once', async () => {
      const accepted = { screenName: 'series', step: 'relax', name: 'out_of_memory/1', correction: lessMemory }
      await store.acceptCorrection(accepted)
      const [before] = await store.acceptedCorrections('series')
      await store.acceptCorrection({ ...accepted, correction: { ...lessMemory, reason: 'another one' } })

      expect(await store.acceptedCorrections('series')).toEqual([before])
      expect(before).toMatchObject(accepted)
      expect(await store.acceptedCorrections('another')).toEqual([])
    })

    it('keeps what a screen may cost, and forgets it when a later description has no limit', async () => {
      await store.saveScreen({ ...mgoScreen('budget'), budgetCoreHours: 1234.5 })
      expect((await store.screen('budget'))?.budgetCoreHours).toBe(1234.5)

      await store.saveScreen(mgoScreen('budget'))
      expect((await store.screen('budget'))?.budgetCoreHours).toBeUndefined()
    })

    it('adds up the traffic of an hour, and tells the hours since a time', async () => {
      const nine = { ...noTraffic, site: 'traffic', hour: '2026-11-22T09:00:00.000Z', statusCalls: 30, bytesSent: 5e9 }
      const ten = { ...noTraffic, site: 'traffic', hour: '2026-11-22T10:00:00.000Z', connections: 1 }
      await store.addTraffic([nine, ten])
      await store.addTraffic([{ ...nine, statusCalls: 2 }])

      expect(await store.traffic('2026-11-22T09:00:00.000Z')).toEqual([{ ...nine, statusCalls: 32, bytesSent: 1e10 }, ten])
      expect(await store.traffic('2026-11-22T10:00:00.000Z')).toEqual([ten])
    })

    it('remembers the last look at a site, and why its jobs wait, until they no longer do', async () => {
      const look = { site: 'watched', seenAt: '2026-11-22T10:00:00.000Z', otherJobs: 7 }
      const full = { ...look, fullReason: 'QOSMaxSubmitJobPerUserLimit', fullSince: look.seenAt, fullJobs: null }
      await store.saveSiteWatch(full)
      await store.saveSiteWatch({ ...full, fullJobs: 40 })
      const { id } = await queued(store, 'notices')
      await store.saveJobNotices([{ calculationId: id, reason: 'Priority', neverRuns: null }], [])
      const notices = async () => (await store.jobNotices()).filter((each) => each.calculationId === id)

      expect(await store.siteWatches()).toEqual([{ ...full, fullJobs: 40 }])
      expect(await notices()).toEqual([{ calculationId: id, reason: 'Priority', neverRuns: null }])
      await store.saveJobNotices([{ calculationId: id, reason: 'BadConstraints', neverRuns: 'no node fits' }], [])
      expect((await notices())[0]?.neverRuns).toBe('no node fits')
      await store.saveJobNotices([], [id])
      expect(await notices()).toEqual([])
    })

    it('keeps why a site is held, the last word of each, until it is released', async () => {
      const hold = { site: 'cluster', setting: 'account', reason: 'account is nosuch', settings: 'a1', since: '2026-11-22T12:00:00.000Z' }
      const other = { ...hold, site: 'other', setting: 'partition' }
      for (const each of [hold, other, { ...hold, settings: 'b2' }]) await store.saveSiteHold(each)
      await store.releaseSite('other')
      await store.releaseSite('nowhere')

      expect(await store.siteHolds()).toEqual([{ ...hold, settings: 'b2' }])
      await store.releaseSite('cluster')
      expect(await store.siteHolds()).toEqual([])
    })

    it('takes the characters that broken output files contain', async () => {
      const planned = await one(store, 'nul')

      await store.transition(planned, 'failed', { actor: 'collect', reason: 'line 3: \0\0 “ü” 𝛿' })
      await store.saveResult(planned.id, 1, { tail: 'a\0b \\u0000' })

      expect((await store.events({ calculationId: planned.id })).at(-1)?.reason).toBe(
        'line 3: \uFFFD\uFFFD “ü” 𝛿',
      )
      expect((await store.result(planned.id))?.result).toEqual({ tail: 'a\uFFFDb \\u0000' })
    })

    it('hands out every event exactly once to a reader that goes on from the last number it saw', async () => {
      const start = await store.lastSequence()
      expect(start).toBe((await store.events()).at(-1)?.sequence ?? 0)
      const ids = await store.addCalculations(
        'follow',
        'local',
        Array.from({ length: 20 }, (_, i) => mgoPlan('follow', `c${i}`)),
      )
      const seen: string[] = []
      const writing = Promise.all(ids.map((id) => wander(store, id)))
      let last = start
      for (let isLastRound = false; ;) {
        const events = await store.events({ afterSequence: last })
        seen.push(...events.map(({ calculationId, to }) => `${calculationId} ${to}`))
        last = events.at(-1)?.sequence ?? last
        if (isLastRound) break
        isLastRound = await Promise.race([writing.then(() => true), pause(5).then(() => false)])
      }

      expect(seen).toHaveLength(20 * 4)
      expect(new Set(seen).size).toBe(20 * 4)
    })

    it('finds those that wait for others, also after a plan was replaced, and counts and pages them', async () => {
      const plans = ['a', 'b', 'c', 'd'].map((candidate) => mgoPlan('waits', candidate, 'relax', candidate === 'a' ? [] : ['waits/a/relax']))
      await store.addCalculations('waits', 'local', plans)
      const idsOf = async (filter: Parameters<Store['summaries']>[0]) => (await store.summaries(filter)).map(({ candidateId }) => candidateId)
      const waiting = { dependingOn: ['waits/a/relax'] }

      expect(await idsOf(waiting)).toEqual(['b', 'c', 'd'])
      expect(await idsOf({ ...waiting, limit: 2 })).toEqual(['b', 'c'])
      expect(await idsOf({ ...waiting, limit: 2, afterId: 'waits/c/relax' })).toEqual(['d'])
      expect(await idsOf({ ids: ['waits/d/relax', 'waits/a/relax', 'waits/none'] })).toEqual(['a', 'd'])
      expect(await store.count({ screenName: 'waits' })).toBe(4)
      expect(await store.count({ ...waiting, states: ['ready'] })).toBe(0)

      const replaced = await store.calculation('waits/b/relax')
      if (replaced === undefined) throw new Error('it was just added')
      const plan = mgoPlan('waits', 'b', 'relax', ['waits/d/relax'])
      const growth = { screen: mgoScreen('waits'), site: 'local', sites: [], priority: 0, added: [], obsolete: [], revived: [] }
      await store.growScreen({ ...growth, replaced: [{ calculation: replaced, plan }], calculationIds: plans.map(({ id }) => id) })

      expect(await idsOf(waiting)).toEqual(['c', 'd'])
      expect(await idsOf({ dependingOn: ['waits/d/relax'] })).toEqual(['b'])
    })

    it('finds what can go on by what has become of the others, and nothing else', async () => {
      const after = (candidate: string, ...names: readonly string[]) => mgoPlan('goes-on', candidate, 'relax', names.map((name) => `goes-on/${name}/relax`))
      await store.addCalculations('goes-on', 'local', [after('a'), after('b', 'a'), after('c', 'b'), after('d', 'a', 'b')])
      const move = async (candidate: string, ...states: readonly CalculationState[]) => {
        for (const state of states) {
          const now = await store.calculation(`goes-on/${candidate}/relax`)
          if (now !== undefined) await store.transition(now, state, { actor: 'test', reason: 'as told' })
        }
      }
      const canAdvance = async () => {
        const found = await store.summaries({ screenName: 'goes-on', states: ['planned', 'blocked'], canAdvance: true })
        return found.map(({ candidateId, state }) => `${candidateId} ${state}`)
      }

      expect(await canAdvance()).toEqual(['a planned'])
      await move('a', 'ready')
      expect(await canAdvance()).toEqual([])
      await move('a', 'failed')
      expect(await canAdvance()).toEqual(['b planned', 'd planned'])
      await move('b', 'blocked')
      await move('d', 'blocked')
      expect(await canAdvance()).toEqual(['c planned'])
      await move('c', 'blocked')
      await move('a', 'ready')
      expect(await canAdvance()).toEqual(['b blocked'])
      await move('b', 'planned')
      expect(await canAdvance()).toEqual(['c blocked', 'd blocked'])
    })
  })
}

async function one(store: Store, screen: string, candidate = 'pristine') {
  await store.addCalculations(screen, 'local', [mgoPlan(screen, candidate)])
  const found = await store.calculation(`${screen}/${candidate}/relax`)
  if (found === undefined) throw new Error('it was just added')
  return found
}

async function queued(store: Store, screen: string) {
  let calculation = await one(store, screen)
  for (const to of ['ready', 'staged', 'submitting', 'queued'] as const) {
    calculation = await store.transition(calculation, to, why)
  }
  return calculation
}

async function wander(store: Store, id: string): Promise<void> {
  const planned = await store.calculation(id)
  if (planned === undefined) return
  const ready = await store.transition(planned, 'ready', why)
  const staged = await store.transition(ready, 'staged', why)
  await store.transition(staged, 'submitting', why)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
