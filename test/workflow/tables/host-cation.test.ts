import { describe, expect, it } from 'vitest'
import { bondTable } from '../../../src/workflow/tables/bond-table.ts'
import type { CandidateResult } from '../../../src/workflow/tables/candidate-result.ts'
import { hostCation } from '../../../src/workflow/tables/host-cation.ts'

function undoped(oxidationStates: Readonly<Record<string, number>>): CandidateResult {
  return {
    candidateId: 'pristine',
    series: 'pristine',
    dopant: null,
    site: null,
    depthAngstrom: null,
    compensation: 'none needed',
    method: 'dft',
    oxidationStates,
    dopantIndices: [],
    flags: [],
  }
}

describe('the cation that a host is described by', () => {
  it.each([
    [{ Li: 1, Mn: 4, O: -2 }, 'Mn'],
    [{ Li: 1, Co: 3, O: -2 }, 'Co'],
    [{ Ti: 4, O: -2 }, 'Ti'],
  ])('of %j is %s', (states, cation) => {
    expect(hostCation([undoped(states)])).toBe(cation)
  })

  it('gives the tables of another host their headings, and none of the paper’s values', () => {
    const labels = bondTable([undoped({ Li: 1, Co: 3, O: -2 })]).columns.map(({ label }) => label)

    expect(labels).toContain('Co–O mean')
    expect(labels.filter((label) => label.includes('aper'))).toEqual([])
    expect(bondTable([undoped({ Li: 1, Mn: 4, O: -2 })]).columns.map(({ label }) => label)).toContain('Paper d mean')
  })
})
