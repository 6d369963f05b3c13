import { bondsOf, type Bonding } from '../../../analysis/bonds.ts'
import { netChargesE } from '../../../analysis/charges.ts'
import { indicesOf } from '../../../analysis/formal-states.ts'
import type { CandidateResult } from '../../../workflow/tables/candidate-result.ts'

/** The ion whose bonds describe the undoped slab: the host's transition metal, as in the table of bonds. */
const hostCation = 'Mn'

/** What the figures show of one candidate: bonds after relaxation, and the charges of its static step. */
export interface CandidateBonds {
  readonly candidate: CandidateResult
  readonly element: string
  readonly bonding: readonly Bonding[]
  readonly lengthsAngstrom: readonly number[]
  /** Mean over the centres; null without a partition, or without a reference density. */
  readonly centreChargeE: number | null
  /** Mean over the oxygens bonded to the centres; of the undoped slab all oxygens. */
  readonly oxygenChargeE: number | null
}

/** undefined before the relaxation is done, and where no ion is bonded. */
export function candidateBonds(candidate: CandidateResult): CandidateBonds | undefined {
  const structure = candidate.relaxed?.structure
  if (structure === undefined) return undefined
  const element = candidate.dopant ?? hostCation
  const centres = candidate.dopant === null ? indicesOf(structure, element) : candidate.dopantIndices
  const bonding = centres.map((index) => bondsOf(structure, index, candidate.oxidationStates))
  const lengthsAngstrom = bonding.flatMap(({ bonds }) => bonds.map((bond) => bond.lengthAngstrom))
  if (lengthsAngstrom.length === 0) return undefined
  return { candidate, element, bonding, lengthsAngstrom, ...charges(candidate, centres, bonding) }
}

function charges(candidate: CandidateResult, centres: readonly number[], bonding: readonly Bonding[]) {
  const { bader } = candidate
  const structure = (candidate.static ?? candidate.relaxed)?.structure
  if (bader?.hasReference !== true || structure === undefined) return { centreChargeE: null, oxygenChargeE: null }
  const all = netChargesE(structure, bader)
  const bonded = new Set(bonding.flatMap(({ bonds }) => bonds.map((bond) => bond.index)))
  const oxygen = indicesOf(structure, 'O').filter((index) => bonded.has(index))
  return { centreChargeE: meanOf(all, centres), oxygenChargeE: meanOf(all, oxygen) }
}

function meanOf(values: readonly number[], indices: readonly number[]): number | null {
  if (indices.length === 0) return null
  return indices.reduce((sum, index) => sum + (values[index] ?? 0), 0) / indices.length
}
