import { bondsOf, mean, type Bonding } from '../../analysis/bonds.ts'
import { isAnion } from '../../analysis/formal-states.ts'
import { neighboursOfPoint } from '../../structure/neighbours.ts'
import type { Structure } from '../../structure/structure.ts'
import { missing, type Cell, type TableRow } from '../../tables/result-table.ts'
import { countsText } from './bond-words.ts'
import { pristineOf, type CandidateResult } from './candidate-result.ts'

/** What the oxygens of the central ions are bonded to, each oxygen once. */
export function oxygenCells(candidate: CandidateResult, structure: Structure, bonding: readonly Bonding[]): TableRow {
  const oxygens = new Set(bonding.flatMap(({ bonds }) => bonds.flatMap(({ element, index }) => (element === 'O' ? [index] : []))))
  const around = [...oxygens].map((index) => bondsOf(structure, index, candidate.oxidationStates))
  if (around.length === 0) return { oxygenCoordination: null, oxygenValenceSum: null }
  const sums = around.flatMap(({ bondValenceSum }) => bondValenceSum ?? [])
  return {
    oxygenCoordination: countsText(around.map(({ coordinationNumber }) => coordinationNumber)),
    oxygenValenceSum: sums.length === around.length ? mean(sums) : missing('a bond of these oxygens has no bond-valence parameters'),
  }
}

/** Farther than this from the ion it took the place of, a dopant is in a void. */
const sameSiteAngstrom = 1

/**
 * Mean bond length of the dopants minus that of the ions which the relaxed undoped slab has at their places; both cells have the
 * same lattice, so that the places of the start can be looked up there.
 *
 * null for the undoped slab, and for a dopant in a void.
 */
export function siteChange(candidate: CandidateResult, bonding: readonly Bonding[], all: readonly CandidateResult[]): Cell {
  if (candidate.dopant === null) return null
  const { initial, dopantIndices } = candidate
  const pristine = pristineOf(all, candidate)
  if (initial === undefined) return missing('the starting structure is not at hand')
  if (pristine?.relaxed === undefined) return missing('the undoped slab has no result')
  const { structure } = pristine.relaxed
  const replaced = dopantIndices.flatMap((index) => cationAt(structure, initial.sites[index]?.fractional, pristine) ?? [])
  const before = mean(replaced.flatMap((index) => lengthsAt(structure, index, pristine)))
  const now = mean(bonding.flatMap(({ bonds }) => bonds.map(({ lengthAngstrom }) => lengthAngstrom)))
  return before === null || now === null || replaced.length < dopantIndices.length ? null : now - before
}

function cationAt(structure: Structure, place: Structure['sites'][number]['fractional'] | undefined, { oxidationStates }: CandidateResult): number | undefined {
  if (place === undefined) return undefined
  const near = neighboursOfPoint(structure, place, sameSiteAngstrom)
  const cations = near.filter(({ index }) => !isAnion(structure.sites[index]!, oxidationStates))
  return cations.toSorted((a, b) => a.distanceAngstrom - b.distanceAngstrom)[0]?.index
}

function lengthsAt(structure: Structure, index: number, { oxidationStates }: CandidateResult): readonly number[] {
  return bondsOf(structure, index, oxidationStates).bonds.map(({ lengthAngstrom }) => lengthAngstrom)
}
