import { bondRule } from '../../analysis/bond-rule.ts'
import { formalState, isAnion, type FormalStates } from '../../analysis/formal-states.ts'
import { elementData } from '../../base/elements-data.ts'
import { toCartesian } from '../../structure/lattice.ts'
import { neighboursOf } from '../../structure/neighbours.ts'
import { elementsOf, type Structure } from '../../structure/structure.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { elementColour } from './element-colours-data.ts'

/** A structure as the viewer of the report draws it: plain numbers in Å. */
export interface ViewerScene {
  readonly name: string
  readonly species: readonly { readonly element: string; readonly colour: string; readonly radius: number }[]
  /** [atom]: index into `species`. */
  readonly kinds: readonly number[]
  /** [atom][xyz] flat. */
  readonly positions: readonly number[]
  /** Half bonds, four numbers each: atom, then the vector from it to the middle of the bond. */
  readonly sticks: readonly number[]
  /** Rows a, b, c flat. */
  readonly lattice: readonly number[]
  /** Atoms with a ring around them: dopants. */
  readonly marked: readonly number[]
}

/** The last structure of every candidate that has one. */
export function viewerScenes(candidates: readonly CandidateResult[]): readonly ViewerScene[] {
  return candidates.flatMap((candidate) => {
    const structure = (candidate.static ?? candidate.relaxed)?.structure
    return structure === undefined ? [] : [sceneOf(candidate, structure)]
  })
}

/** What a scene says of the member that it shows. */
export type ShownCandidate = Pick<CandidateResult, 'candidateId' | 'oxidationStates' | 'dopant' | 'dopantIndices'>

/** One structure with its bonds, in its own order of atoms. */
export function sceneOf(candidate: ShownCandidate, structure: Structure): ViewerScene {
  const elements = elementsOf(structure)
  return {
    name: candidate.candidateId,
    species: elements.map((element) => ({
      element,
      colour: elementColour(element),
      radius: rounded(0.32 * (elementData[element]?.covalentRadiusAngstrom ?? 1.4) + 0.12),
    })),
    kinds: structure.sites.map(({ element }) => elements.indexOf(element)),
    positions: structure.sites.flatMap(({ fractional }) => toCartesian(structure.lattice, fractional).map(rounded)),
    sticks: sticksOf(structure, candidate.oxidationStates),
    lattice: structure.lattice.flat().map(rounded),
    marked: candidate.dopant === null ? [] : candidate.dopantIndices,
  }
}

/** Bonds of the cations that hold oxygen tightly; those of charge +1 would only hide them. */
function sticksOf(structure: Structure, states: FormalStates): readonly number[] {
  return structure.sites.flatMap((site, index) => {
    const state = formalState(site, states) ?? 0
    if (state < 2 || isAnion(site, states)) return []
    const { cutoffAngstrom } = bondRule(site.element, state, 'O')
    const from = toCartesian(structure.lattice, site.fractional)
    return neighboursOf(structure, index, Math.min(cutoffAngstrom, longestStickAngstrom)).flatMap((neighbour) => {
      const other = structure.sites[neighbour.index]!
      if (other.element !== 'O') return []
      const [i, j, k] = neighbour.image
      const [x, y, z] = other.fractional
      const to = toCartesian(structure.lattice, [x + i, y + j, z + k])
      const half = to.map((value, axis) => rounded((value - (from[axis] ?? 0)) / 2))
      return [index, ...half, neighbour.index, ...half.map((value) => -value)]
    })
  })
}

const longestStickAngstrom = 2.5

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
