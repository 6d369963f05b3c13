import { describe, expect, it } from 'vitest'
import { bondsOf } from '../../../src/analysis/bonds.ts'
import type { Lattice } from '../../../src/structure/lattice.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { oxygenCells, siteChange } from '../../../src/workflow/tables/bond-neighbours.ts'
import type { CandidateResult } from '../../../src/workflow/tables/candidate-result.ts'

const box: Lattice = [[12, 0, 0], [0, 12, 0], [0, 0, 12]] // prettier-ignore
const axes = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]] as const // prettier-ignore

/** A cation in an octahedron of oxygens, Å; `shift` moves the cation alone. */
function octahedron(cation: string, lengthAngstrom: number, shift = 0): Structure {
  const oxygens = axes.map((axis) => ({ element: 'O', fractional: axis.map((x) => 0.5 + (x * lengthAngstrom) / 12) as [number, number, number] }))
  return { comment: cation, lattice: box, sites: [{ element: cation, fractional: [0.5 + shift / 12, 0.5, 0.5] }, ...oxygens] }
}

function candidate(dopant: string | null, relaxed: Structure, initial?: Structure): CandidateResult {
  const step = { structure: relaxed, energySigmaToZeroEv: 0, isElectronicallyConverged: true, isIonicallyConverged: true }
  return {
    candidateId: dopant ?? 'pristine', series: 'Mn', dopant, site: null, depthAngstrom: null, compensation: '', method: 'dft',
    oxidationStates: { Mn: 4, Al: 3, O: -2 }, dopantIndices: dopant === null ? [] : [0], flags: [], relaxed: step, ...(initial === undefined ? {} : { initial }),
  } // prettier-ignore
}

const pristine = candidate(null, octahedron('Mn', 1.9))
const bondingOf = (doped: CandidateResult) => [bondsOf(doped.relaxed!.structure, 0, doped.oxidationStates)]

describe('bonds of a dopant against the undoped slab', () => {
  it('are compared with those of the ion that is at its place there, although it starts off-centre', () => {
    const doped = candidate('Al', octahedron('Al', 1.95), octahedron('Al', 1.9, 0.4))

    expect(siteChange(doped, bondingOf(doped), [pristine, doped])).toBeCloseTo(0.05, 10)
  })

  it('have nothing to compare with in a void, and say what is missing before the undoped slab is done', () => {
    const inVoid = candidate('Al', octahedron('Al', 1.95), octahedron('Al', 1.9, 3))
    const { relaxed: _, ...waiting } = pristine

    expect(siteChange(inVoid, bondingOf(inVoid), [pristine, inVoid])).toBeNull()
    const doped = candidate('Al', octahedron('Al', 1.95), octahedron('Al', 1.9))
    expect(siteChange(doped, bondingOf(doped), [waiting, doped])).toEqual({ missing: 'the undoped slab has no result' })
    expect(siteChange(pristine, bondingOf(pristine), [pristine])).toBeNull()
  })
})

describe('the oxygens of a dopant', () => {
  it('have a coordination and a valence of their own: 0.67 from each Mn4+ bond of 1.90 Å', () => {
    const cells = oxygenCells(pristine, pristine.relaxed!.structure, bondingOf(pristine))

    expect(cells['oxygenCoordination']).toBe('1')
    // Brown and Altermatt: exp((1.753 − 1.90) / 0.37).
    expect(cells['oxygenValenceSum']).toBeCloseTo(0.672, 3)
  })
})
