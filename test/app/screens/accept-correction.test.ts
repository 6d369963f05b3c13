import { describe, expect, it } from 'vitest'
import { redoneBefore } from '../../../src/app/engine/stale-start.ts'
import { acceptCorrection, planSeriesChange } from '../../../src/app/screens/accept-correction.ts'
import type { AttemptRecord } from '../../../src/ports/attempt.ts'
import type { CalculationFilter, CalculationRecord, CalculationSummary, Store } from '../../../src/ports/store.ts'
import type { CalculationState } from '../../../src/workflow/calculation-state.ts'
import type { Correction } from '../../../src/recovery/correction.ts'

const withoutSymmetry: Correction = {
  ...{ symptom: 'rhosyg', ladderStep: 3, cap: 1, class: 'comparability', changes: [{ kind: 'set', tag: 'ISYM', value: 0 }] },
  ...{ reason: 'VASP need not find the symmetry', source: 'https://vasp.at/wiki/ISYM' },
}

function calculation(candidate: string, step: 'relax' | 'static', state: CalculationState): CalculationSummary {
  const dependsOn = step === 'static' ? [`mgo/${candidate}/relax`] : []
  return { id: `mgo/${candidate}/${step}`, candidateId: candidate, step, state, attempt: 1, dependsOn } as unknown as CalculationSummary
}

function attempt({ id }: CalculationSummary, more: Partial<AttemptRecord> = {}): AttemptRecord {
  return { calculationId: id, attempt: 1, coreHours: 2, corrections: [], decision: null, ...more } as unknown as AttemptRecord
}

/** The relaxation of `al` was corrected, the series was not. */
function series(calculations: readonly CalculationSummary[]) {
  const moved: string[] = []
  const attempts = calculations.map((each) => attempt(each, each.id === 'mgo/al/relax' ? { corrections: [withoutSymmetry] } : {}))
  const store = {
    screen: async () => ({ name: 'mgo' }),
    screens: async () => [],
    summaries: async ({ states }: CalculationFilter = {}) => calculations.filter(({ state }) => states === undefined || states.includes(state)),
    attemptsOfScreen: async () => attempts,
    acceptCorrection: async () => undefined,
    transition: async ({ id }: CalculationSummary, to: string) => void moved.push(`${id} ${to}`),
  } as unknown as Store
  return { store, moved }
}

const corrected = [calculation('al', 'relax', 'done'), calculation('al', 'static', 'done')]

describe('a correction for a whole series', () => {
  it('runs finished members and what depends on them again, and tells the cost first', async () => {
    const { store, moved } = series([...corrected, calculation('b', 'relax', 'done'), calculation('b', 'static', 'done')])

    const change = await planSeriesChange(store, 'mgo', 'rhosyg/3')

    expect(change.again.map(({ id }) => id)).toEqual(['mgo/b/relax', 'mgo/b/static'])
    expect(change.coreHours).toBe(4)
    expect(change.underWay).toEqual([])
    expect(moved).toEqual([])
    await acceptCorrection(store, 'mgo', change)
    expect(moved).toEqual(['mgo/b/static planned', 'mgo/b/relax ready'])
  })

  it('names those at work that lose their time, because they lack it or began from a run that is made again', async () => {
    const running = [calculation('b', 'static', 'running'), calculation('p', 'relax', 'running')]
    const { store } = series([...corrected, calculation('b', 'relax', 'done'), ...running])

    const { again, underWay, other } = await planSeriesChange(store, 'mgo', 'rhosyg/3')

    expect(again.map(({ id }) => id)).toEqual(['mgo/b/relax'])
    expect(underWay.map(({ id }) => id)).toEqual(['mgo/b/static', 'mgo/p/relax'])
    expect(other).toEqual([])
  })

  it('lets what was about to start wait for the run that is made again', async () => {
    const { store, moved } = series([...corrected, calculation('b', 'relax', 'done'), calculation('b', 'static', 'ready')])

    await acceptCorrection(store, 'mgo', await planSeriesChange(store, 'mgo', 'rhosyg/3'))

    expect(moved).toEqual(['mgo/b/relax ready', 'mgo/b/static planned'])
  })
})

describe('a run whose start was made again meanwhile', () => {
  const own = calculation('b', 'static', 'ended') as CalculationRecord
  const ask = (relax: CalculationSummary, relaxStagedAt: readonly string[]) =>
    redoneBefore(
      {
        summaries: async () => [relax],
        attempts: async (id) =>
          id === own.id ? [attempt(own, { stagedAt: '2026-11-22T12:00:00Z' })] : relaxStagedAt.map((stagedAt, i) => attempt(relax, { attempt: i + 1, stagedAt })),
      },
      own,
    )

  it('is seen while the other still runs, and after it is done again', async () => {
    expect((await ask(calculation('b', 'relax', 'running'), ['2026-11-22T10:00:00Z']))?.id).toBe('mgo/b/relax')
    expect((await ask(calculation('b', 'relax', 'done'), ['2026-11-22T10:00:00Z', '2026-11-22T12:30:00Z']))?.id).toBe('mgo/b/relax')
  })

  it('is not one whose start is older than itself', async () => {
    expect(await ask(calculation('b', 'relax', 'done'), ['2026-11-22T10:00:00Z', '2026-11-22T11:59:00Z'])).toBeUndefined()
  })
})
