import { bondsOf } from '../../analysis/bonds.ts'
import { oxygenPairs } from '../../analysis/oxygen-pairs.ts'
import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import { pendingReason, type CandidateResult } from './candidate-result.ts'
import { flagsColumn, identityCells, identityColumns, methodNotes } from './common-columns.ts'

export const startColumns: readonly Column[] = [
  ...identityColumns,
  { key: 'startCount', label: 'Starts', digits: 0, description: 'Starts that were planned' },
  { key: 'finishedCount', label: 'Finished', digits: 0, description: 'Starts whose relaxation has ended' },
  { key: 'lowest', label: 'Lowest', description: 'Start with the lowest energy of the relaxation' },
  { key: 'spreadEv', label: 'Spread', unit: 'eV', digits: 3, description: 'Highest minus lowest energy of the relaxations, per cell' },
  { key: 'coordinations', label: 'CN by start', description: 'Coordination number of the first dopant ion in each finished start' },
  { key: 'pairs', label: 'With O–O pairs', description: 'Finished starts with an O–O pair shorter than 1.7 Å, of those finished' },
  flagsColumn,
] // prettier-ignore

/** Dimers proper; what is longer is a shortened contact. */
const dimerLimitAngstrom = 1.7

/** What several starts of the same candidate end in: one row for each candidate that has more than one. */
export function startsTable(candidates: readonly CandidateResult[]): ResultTable {
  const families = new Map<string, CandidateResult[]>()
  for (const candidate of candidates) {
    const name = candidate.startOf ?? candidate.candidateId
    families.set(name, [...(families.get(name) ?? []), candidate])
  }
  const several = [...families.values()].filter((family) => family.length > 1)
  return {
    name: 'starts',
    title: 'Several starts of the same candidate',
    columns: startColumns,
    rows: several.map(rowOf),
    notes: [
      ...methodNotes(several.flat()),
      'A relaxation with +U ends in the minimum nearest to its start: the spread says how much that matters.',
      'Energies are compared within one candidate only: the same atoms, the same settings.',
    ],
  }
}

function rowOf(family: readonly CandidateResult[]): TableRow {
  const [first] = family
  if (first === undefined) return {}
  const finished = family.filter((start) => start.relaxed !== undefined)
  return {
    ...identityCells(first),
    startCount: family.length,
    finishedCount: finished.length,
    ...energyCells(first, finished),
    coordinations: finished.length === 0 ? waiting(first) : finished.map(coordinationOf).join(', '),
    pairs: finished.length === 0 ? waiting(first) : `${finished.filter(hasDimer).length} of ${finished.length}`,
    flags: flagsOf(family),
  }
}

/** Each start has its own. */
function flagsOf(family: readonly CandidateResult[]): string | null {
  const words = family.flatMap(({ candidateId, flags }) => flags.map((flag) => `${candidateId}: ${flag}`))
  return words.length === 0 ? null : words.join('; ')
}

function energyCells(first: CandidateResult, finished: readonly CandidateResult[]): TableRow {
  const known = finished.flatMap(({ candidateId, relaxed }) =>
    relaxed?.energySigmaToZeroEv == null ? [] : [{ candidateId, energyEv: relaxed.energySigmaToZeroEv }],
  )
  const sorted = [...known].sort((a, b) => a.energyEv - b.energyEv)
  const [lowest, highest] = [sorted[0], sorted.at(-1)]
  if (lowest === undefined || highest === undefined) return { lowest: waiting(first), spreadEv: waiting(first) }
  const spreadEv = sorted.length < 2 ? missing('only one start has an energy') : highest.energyEv - lowest.energyEv
  return { lowest: lowest.candidateId, spreadEv }
}

function waiting(candidate: CandidateResult): Cell {
  return missing(pendingReason(candidate, 'relaxation'))
}

function coordinationOf({ relaxed, dopantIndices, oxidationStates }: CandidateResult): string {
  const [dopant] = dopantIndices
  if (relaxed === undefined || dopant === undefined) return '–'
  return String(bondsOf(relaxed.structure, dopant, oxidationStates).bonds.length)
}

function hasDimer({ relaxed }: CandidateResult): boolean {
  if (relaxed === undefined) return false
  return oxygenPairs(relaxed.structure).some((pair) => pair.distanceAngstrom < dimerLimitAngstrom)
}
