import { describe, expect, it } from 'vitest'
import type { Structure } from '../../../src/structure/structure.ts'
import { startsTable } from '../../../src/workflow/tables/starts-table.ts'
import type { CandidateResult } from '../../../src/workflow/tables/candidate-result.ts'

const cell = (secondOxygen: number): Structure => ({
  comment: 'two O in a box',
  lattice: [[8, 0, 0], [0, 8, 0], [0, 0, 8]],
  sites: [
    { element: 'O', fractional: [0, 0, 0] },
    { element: 'O', fractional: [secondOxygen / 8, 0, 0] },
  ],
})

function start(candidateId: string, energyEv: number, distanceAngstrom: number, startOf?: string): CandidateResult {
  return {
    candidateId,
    series: 'Mn',
    dopant: null,
    site: null,
    depthAngstrom: null,
    compensation: 'none needed',
    method: 'dft',
    oxidationStates: { O: -2 },
    dopantIndices: [],
    relaxed: {
      structure: cell(distanceAngstrom),
      energySigmaToZeroEv: energyEv,
      isElectronicallyConverged: true,
      isIonicallyConverged: true,
    },
    flags: [],
    ...(startOf === undefined ? {} : { startOf }),
  }
}

describe('several starts of one candidate', () => {
  const family = [start('x', -10, 2.6), start('x-s2', -10.4, 1.45, 'x'), start('x-s3', -9.9, 1.3, 'x')]

  it('are one row with the lowest, the spread, and how many have O–O pairs', () => {
    const { rows } = startsTable(family)

    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ candidate: 'x', startCount: 3, finishedCount: 3, lowest: 'x-s2', pairs: '2 of 3' })
    expect(rows[0]?.['spreadEv']).toBeCloseTo(0.5, 10)
  })

  it('say of each start what a reader has to know', () => {
    const [first, second] = family

    expect(startsTable([first!, { ...second!, flags: ['2 moments flipped'] }]).rows[0]?.['flags']).toBe('x-s2: 2 moments flipped')
    expect(startsTable(family).rows[0]?.['flags']).toBeNull()
  })

  it('count only those that have finished', () => {
    const { relaxed: _, ...waiting } = start('x-s4', 0, 2.6, 'x')

    expect(startsTable([...family, waiting]).rows[0]).toMatchObject({ startCount: 4, finishedCount: 3, pairs: '2 of 3' })
  })

  it('are no row for a candidate with one start', () => {
    expect(startsTable([start('alone', -1, 2.6)]).rows).toEqual([])
  })
})
