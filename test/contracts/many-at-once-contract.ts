import { describe, expect, it } from 'vitest'
import type { CalculationRecord, Store } from '../../src/ports/store.ts'
import { mgoPlan } from './store-fixtures.ts'

const why = { actor: 'poll', reason: 'a test' }

/** What a Store must keep when it is asked of many calculations at the same time. */
export function describeManyAtOnce(given: () => Store): void {
  const added = async (screen: string, count: number): Promise<readonly CalculationRecord[]> => {
    const plans = Array.from({ length: count }, (_, i) => mgoPlan(screen, `c${i}`))
    await given().addCalculations(screen, 'local', plans)
    return given().calculations({ screenName: screen })
  }

  describe('of many at the same time', () => {
    it('moves 250 calculations, each with its own event, revision and changes', async () => {
      const store = given()
      const planned = await added('crowd', 250)

      const moved = await Promise.all(
        planned.map((each, i) => store.transition(each, 'failed', { actor: 'poll', reason: `the ${i}th` }, { nativeId: String(i) })),
      )

      expect(moved.map(({ id, nativeId, revision }) => [id, nativeId, revision])).toEqual(planned.map(({ id }, i) => [id, String(i), 2]))
      expect(await store.calculations({ screenName: 'crowd' })).toEqual(moved)
      const events = (await store.events()).filter(({ calculationId, to }) => to === 'failed' && calculationId.startsWith('crowd/'))
      expect(new Map(events.map((each) => [each.calculationId, each.reason]))).toEqual(new Map(planned.map(({ id }, i) => [id, `the ${i}th`])))
      expect(events).toHaveLength(250)
    })

    it('answers each for itself: the stale, the illegal and the unknown keep no other one back', async () => {
      const store = given()
      const [good, stale, illegal, other] = await added('mixed', 4)
      if (good === undefined || stale === undefined || illegal === undefined || other === undefined) throw new Error('nothing was added')
      await store.transition(stale, 'ready', why)

      const outcomes = await Promise.allSettled([
        store.transition(good, 'ready', why),
        store.transition(stale, 'ready', why),
        store.transition(illegal, 'done', why),
        store.transition({ id: 'mixed/nobody', revision: 1 }, 'ready', why),
        store.transition(other, 'paused', why),
      ])

      const words = outcomes.map((each) => (each.status === 'fulfilled' ? each.value.state : (each.reason as { code: string }).code))
      expect(words).toEqual(['ready', 'STALE_REVISION', 'ILLEGAL_TRANSITION', 'CALCULATION_UNKNOWN', 'paused'])
      const states = (await store.summaries({ screenName: 'mixed' })).map(({ state, revision }) => [state, revision])
      expect(states).toEqual([['ready', 2], ['ready', 2], ['planned', 1], ['paused', 2]])
    })

    it('keeps apart what one move names and another does not, null included', async () => {
      const store = given()
      const [a, b, c] = await added('apart', 3)
      if (a === undefined || b === undefined || c === undefined) throw new Error('nothing was added')
      const failure = { code: 'X', message: 'half a character: \ud800, and none: \0', remedy: 'Look.' }
      const [a1, b1, c1] = await Promise.all([
        store.transition(a, 'failed', why, { token: 'ta', failure }),
        store.transition(b, 'failed', why, { token: 'tb', nativeId: '7', remoteFolder: '/b', attempt: 1, record: { cores: 4 } }),
        store.transition(c, 'failed', why),
      ])

      const [a2, b2, c2] = await Promise.all([
        store.transition(a1, 'ready', why, { failure: null }),
        store.transition(b1, 'ready', why, { nativeId: null, record: { cores: null, coreHours: 0.1 } }),
        store.transition(c1, 'ready', why, { token: 'tc' }),
      ])

      expect(a1.failure).toEqual({ ...failure, message: 'half a character: \ufffd, and none: \ufffd' })
      expect([a2, b2, c2].map(({ token, nativeId, remoteFolder, attempt, failure: left }) => [token, nativeId, remoteFolder, attempt, left])).toEqual([
        ['ta', null, null, 0, null],
        ['tb', null, '/b', 1, null],
        ['tc', null, null, 0, null],
      ])
      expect(await store.attempts(b.id)).toMatchObject([{ attempt: 1, cores: null, coreHours: 0.1, nativeId: '7', corrections: [], decision: null }])
      expect(await store.attempts(a.id)).toEqual([])
    })

    it('reads for each what is its own, and never what was there before the question', async () => {
      const store = given()
      const all = await added('reads', 40)
      const staged = await Promise.all(
        all.map(async (each, i) => {
          const ready = await store.transition(each, 'ready', why)
          const moved = await store.transition(ready, 'staged', why, { attempt: 1, record: { cores: i } })
          const [attempts, seen] = await Promise.all([store.attempts(each.id), store.calculation(each.id)])
          await store.saveResult(each.id, 1, { number: i })
          return { moved, attempts, seen, result: await store.result(each.id) }
        }),
      )

      expect(staged.map(({ attempts }) => attempts.map(({ cores }) => cores))).toEqual(all.map((_, i) => [i]))
      expect(staged.map(({ seen }) => seen)).toEqual(staged.map(({ moved }) => moved))
      expect(staged.map(({ result }) => result?.result)).toEqual(all.map((_, i) => ({ number: i })))
      expect(await Promise.all(['reads/c1/relax', 'reads/none'].map((id) => store.calculation(id).then((each) => each?.state)))).toEqual(['staged', undefined])
    })

    it('counts and forgets the troubles of many tasks, also of the same one', async () => {
      const store = given()

      const counts = await Promise.all(['collect/a', 'collect/b', 'collect/a'].map((task) => store.countTrouble(task, 'died')))

      expect(counts[1]).toBe(1)
      expect(Math.max(...counts)).toBe(2)
      expect(await store.countTrouble('collect/a', 'again')).toBe(3)
      await Promise.all(['collect/a', 'collect/b', 'collect/none'].map((task) => store.forgetTrouble(task)))
      expect((await store.troubles()).filter(({ task }) => task.startsWith('collect/'))).toEqual([])
    })
  })
}
