import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../src/ports/store.ts'
import { mgoPlan, mgoScreen } from './store-fixtures.ts'

export interface OpenStore {
  readonly store: Store
  close(): Promise<void>
}

const why = { actor: 'submit', reason: 'a test' }

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

    it('gives the plan with a move, whether the caller held it or only id and revision', async () => {
      const planned = await one(store, 'plans')
      const ready = await store.transition({ id: planned.id, revision: planned.revision }, 'ready', why)

      expect(ready.plan).toEqual(planned.plan)
      expect((await store.transition(ready, 'staged', why)).plan).toEqual(planned.plan)
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
      const start = (await store.events()).at(-1)?.sequence ?? 0
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
  })
}

async function one(store: Store, screen: string, candidate = 'pristine') {
  await store.addCalculations(screen, 'local', [mgoPlan(screen, candidate)])
  const found = await store.calculation(`${screen}/${candidate}/relax`)
  if (found === undefined) throw new Error('it was just added')
  return found
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
