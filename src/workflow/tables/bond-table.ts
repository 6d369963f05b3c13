import { bondsOf, mean, type Bonding } from '../../analysis/bonds.ts'
import { indicesOf } from '../../analysis/formal-states.ts'
import { impliedCoordination, paperBondLength, paperSource } from '../../analysis/paper-reference-data.ts'
import type { Structure } from '../../structure/structure.ts'
import {
  missing,
  type Cell,
  type Column,
  type ResultTable,
  type TableRow,
} from '../../tables/result-table.ts'
import { pendingReason, pristineOf, type CandidateResult, type CandidateStep } from './candidate-result.ts'
import {
  detail,
  flagsCell,
  flagsColumn,
  identityCells,
  identityColumns,
  methodNotes,
  startNotes,
} from './common-columns.ts'
import { oxygenCells, siteChange } from './bond-neighbours.ts'
import { forHost, hostCation, isPaperHost } from './host-cation.ts'
import { countsText, lengthsText, rulesText } from './bond-words.ts'

const length = (key: string, label: string, description: string): Column => ({
  key,
  label,
  unit: 'Å',
  digits: 3,
  description,
})

export const bondColumns: readonly Column[] = [
  ...identityColumns,
  { key: 'bond', label: 'Bond', description: 'Central ion and partner: the dopant, or {M} of the undoped slab' },
  { key: 'atomCount', label: 'n', digits: 0, description: 'Central ions that the row averages over' },
  { key: 'coordination', label: 'CN', description: 'Coordination numbers of the central ions' },
  length('meanAngstrom', 'd mean', 'Mean of all bond lengths of the central ions'),
  length('minAngstrom', 'd min', 'Shortest bond'),
  length('maxAngstrom', 'd max', 'Longest bond'),
  { key: 'lengthsAngstrom', label: 'd individual', unit: 'Å', description: 'Every bond, central ions separated by |', isDetail: true },
  { key: 'effectiveCoordination', label: 'Effective CN', digits: 2, description: 'Hoppe, mean over the central ions', isDetail: true },
  { key: 'bondValenceSum', label: 'Valence sum', unit: 'v.u.', digits: 2, description: 'Mean over the central ions' },
  { key: 'rule', label: 'Bonded when', description: 'Cut-off rule', isDetail: true },
  detail(length('siteChangeAngstrom', 'Δ undoped site', 'Mean length minus that of the ion which the relaxed undoped slab has at this site')),
  { key: 'oxygenCoordination', label: 'CN of its O', description: 'Coordination numbers of the oxygens bonded to the central ions, all cations counted', isDetail: true },
  { key: 'oxygenValenceSum', label: 'Valence sum of its O', unit: 'v.u.', digits: 2, description: 'Mean over those oxygens; 2 for a satisfied one', isDetail: true },
  detail(length('relaxationChangeAngstrom', 'Δ relaxation', 'Mean length minus that of the starting structure')),
  length('hostCationMeanAngstrom', '{M}–O mean', 'Mean over all {M} of the cell, the host cation with the highest charge'),
  detail(length('hostCationChangeAngstrom', '{M}–O Δ undoped', '{M}–O mean minus that of the undoped slab')),
  { key: 'hostCationCoordination', label: '{M} CN', description: 'How many {M} have which coordination number' },
  { key: 'maxForceEvPerAngstrom', label: 'max |F|', unit: 'eV/Å', digits: 3, description: 'Largest force on a free ion' },
  { key: 'converged', label: 'Converged', description: 'Forces and electrons of the relaxation', isDetail: true },
  length('paperMeanAngstrom', 'Paper d mean', `Reference value: ${paperSource}`),
  { key: 'paperImpliedCoordination', label: 'Paper implies CN', digits: 1, description: 'Coordination whose valences fit the paper’s mean' },
  length('deviationAngstrom', 'd − paper', 'Only for DFT rows'),
  flagsColumn,
] // prettier-ignore

/** Bond lengths of the dopant in every candidate, and of the host's cation; one row a candidate. */
export function bondTable(candidates: readonly CandidateResult[]): ResultTable {
  return {
    name: 'bonds',
    title: 'Bond lengths',
    columns: forHost(isPaperHost(candidates) ? bondColumns : withoutPaper, candidates),
    rows: candidates.map((candidate) => row(candidate, candidates)),
    notes: [
      ...methodNotes(candidates),
      'A mean length belongs to its coordination number: compare means of equal CN only.',
      ...startNotes(candidates),
      ...(isPaperHost(candidates) ? [paperNote] : []),
    ],
  }
}

const withoutPaper = bondColumns.filter(({ key }) => !['paperMeanAngstrom', 'paperImpliedCoordination', 'deviationAngstrom'].includes(key))

const paperNote = `Reference lengths are from ${paperSource}. They average different coordinations: by bond valences B 1.28 Å implies CN 2.3 (a planar BO3 has 1.37 Å), P and S 4.3, Si 5.6, Al 6.4, Mn 6.0. They are shown for comparison and are no test.`

function row(candidate: CandidateResult, all: readonly CandidateResult[]): TableRow {
  const identity = { ...identityCells(candidate), flags: flagsCell(candidate) }
  const relaxed = candidate.relaxed
  if (relaxed === undefined)
    return { ...identity, ...everyCell(missing(pendingReason(candidate, 'relaxation'))) }
  const cation = hostCation(all) ?? ''
  const element = candidate.dopant ?? cation
  const centres = candidate.dopant === null ? indicesOf(relaxed.structure, cation) : candidate.dopantIndices
  const bonding = bondingOf(relaxed.structure, centres, candidate)
  return {
    ...identity,
    bond: `${element}–${partners(bonding)}`,
    atomCount: centres.length,
    ...lengthCells(bonding),
    siteChangeAngstrom: siteChange(candidate, bonding, all),
    ...oxygenCells(candidate, relaxed.structure, bonding),
    relaxationChangeAngstrom: relaxationChange(candidate, centres, bonding),
    ...hostCationCells(candidate, relaxed.structure, all),
    maxForceEvPerAngstrom: relaxed.maxForceEvPerAngstrom ?? missing('the relaxation printed no forces'),
    converged: convergenceText(relaxed),
    ...(isPaperHost(all) ? paperCells(candidate, element, meanLength(bonding)) : {}),
  }
}

function convergenceText({
  isElectronicallyConverged: electrons,
  isIonicallyConverged: ions,
}: CandidateStep): string {
  if (electrons === null || ions === null) return electrons === false || ions === false ? 'no' : 'not known'
  return electrons && ions ? 'yes' : 'no'
}

function bondingOf(
  structure: Structure,
  indices: readonly number[],
  candidate: CandidateResult,
): readonly Bonding[] {
  return indices.map((index) => bondsOf(structure, index, candidate.oxidationStates))
}

function lengthsOf(bonding: readonly Bonding[]): readonly number[] {
  return bonding.flatMap(({ bonds }) => bonds.map((bond) => bond.lengthAngstrom))
}

function meanLength(bonding: readonly Bonding[]): number | null {
  return mean(lengthsOf(bonding))
}

function lengthCells(bonding: readonly Bonding[]): TableRow {
  const lengths = lengthsOf(bonding)
  const none = missing('no ion is within the cut-off')
  const over = (pick: (one: Bonding) => number | null): Cell =>
    mean(bonding.map(pick).filter((value) => value !== null)) ?? none
  return {
    coordination: countsText(bonding.map((one) => one.coordinationNumber)),
    meanAngstrom: mean(lengths) ?? none,
    minAngstrom: lengths.length === 0 ? none : Math.min(...lengths),
    maxAngstrom: lengths.length === 0 ? none : Math.max(...lengths),
    lengthsAngstrom: lengthsText(bonding),
    effectiveCoordination: over((one) => one.effectiveCoordination),
    bondValenceSum: over((one) => one.bondValenceSum),
    rule: rulesText(bonding),
  }
}

function partners(bonding: readonly Bonding[]): string {
  const elements = new Set(bonding.flatMap(({ bonds }) => bonds.map((bond) => bond.element)))
  return elements.size === 0 ? 'O' : [...elements].join(',')
}

function relaxationChange(
  candidate: CandidateResult,
  centres: readonly number[],
  after: readonly Bonding[],
): Cell {
  if (candidate.initial === undefined) return missing('the starting structure is not at hand')
  const before = meanLength(bondingOf(candidate.initial, centres, candidate))
  const now = meanLength(after)
  return before === null || now === null
    ? missing('one of the structures has no bond within the cut-off')
    : now - before
}

function hostCationCells(
  candidate: CandidateResult,
  structure: Structure,
  all: readonly CandidateResult[],
): TableRow {
  const bonding = bondingOf(structure, indicesOf(structure, hostCation(all) ?? ''), candidate)
  const now = meanLength(bonding)
  if (now === null)
    return { hostCationMeanAngstrom: null, hostCationChangeAngstrom: null, hostCationCoordination: null }
  return {
    hostCationMeanAngstrom: now,
    hostCationChangeAngstrom: changeFromPristine(candidate, now, all),
    hostCationCoordination: countsText(bonding.map((one) => one.coordinationNumber)),
  }
}

function changeFromPristine(candidate: CandidateResult, now: number, all: readonly CandidateResult[]): Cell {
  const pristine = pristineOf(all, candidate)
  if (pristine === candidate) return null
  if (pristine?.relaxed === undefined) return missing('the undoped slab has no result')
  const { structure } = pristine.relaxed
  const cation = hostCation(all) ?? ''
  const before = meanLength(bondingOf(structure, indicesOf(structure, cation), pristine))
  return before === null ? missing(`the undoped slab has no bond of ${cation}`) : now - before
}

function paperCells(candidate: CandidateResult, element: string, now: number | null): TableRow {
  const paper = paperBondLength(element)
  if (paper === undefined)
    return { paperMeanAngstrom: null, paperImpliedCoordination: null, deviationAngstrom: null }
  return {
    paperMeanAngstrom: paper.meanAngstrom,
    paperImpliedCoordination: impliedCoordination(paper),
    // A difference beside a rehearsal's number would look like a reproduction of the paper.
    deviationAngstrom: candidate.method === 'dft' && now !== null ? now - paper.meanAngstrom : null,
  }
}

function everyCell(cell: Cell): TableRow {
  const own = withoutPaper.slice(identityColumns.length).filter(({ key }) => key !== flagsColumn.key)
  return Object.fromEntries(own.map(({ key }) => [key, cell]))
}
