import { bondsOf, mean } from '../../analysis/bonds.ts'
import { chargeChecks, checksText } from '../../analysis/charge-checks.ts'
import { netChargeDefinition, netChargesE, type BaderCharges } from '../../analysis/charges.ts'
import { indicesOf } from '../../analysis/formal-states.ts'
import type { Structure } from '../../structure/structure.ts'
import {
  missing,
  type Cell,
  type Column,
  type ResultTable,
  type TableRow,
} from '../../tables/result-table.ts'
import { isOriginKnown, originWords } from '../partition-origin.ts'
import { forHost, hostCation } from './host-cation.ts'
import { pendingReason, pristineOf, type CandidateResult } from './candidate-result.ts'
import {
  detail,
  flagsCell,
  flagsColumn,
  identityCells,
  identityColumns,
  methodNotes,
} from './common-columns.ts'

const charge = (key: string, label: string, description: string): Column => ({
  key,
  label,
  unit: 'e',
  digits: 3,
  description,
})

export const chargeColumns: readonly Column[] = [
  ...identityColumns,
  { key: 'atomCount', label: 'n', digits: 0, description: 'Dopant atoms that the row averages over' },
  charge('dopantChargeE', 'q dopant', 'Mean net charge of the dopant atoms'),
  charge('neighbourOxygenChargeE', 'q O at dopant', 'Mean net charge of the oxygens bonded to the dopant'),
  { key: 'neighbourOxygenChargesE', label: 'q O individual', unit: 'e', description: 'Every oxygen bonded to a dopant, in the order of its bonds, dopants separated by |', isDetail: true },
  charge('otherOxygenChargeE', 'q O elsewhere', 'Mean net charge of all other oxygens'),
  charge('hostCationChargeE', 'q {M}', 'Mean net charge of {M}, the host cation with the highest charge'),
  charge('lithiumChargeE', 'q Li', 'Mean net charge of Li'),
  detail(charge('neighbourOxygenChangeE', 'Δq O at dopant', 'Minus the mean oxygen of the undoped slab')),
  detail(charge('otherOxygenChangeE', 'Δq O elsewhere', 'Minus the mean oxygen of the undoped slab')),
  detail(charge('hostCationChangeE', 'Δq {M}', 'Minus {M} of the undoped slab')),
  detail(charge('lithiumChangeE', 'Δq Li', 'Minus Li of the undoped slab')),
  detail(charge('sumChargeE', 'Σq', 'Sum of all net charges; what is left is in the vacuum')),
  charge('vacuumElectrons', 'Vacuum', 'Electrons that belong to no atom'),
  { key: 'gridSpacingAngstrom', label: 'Grid', unit: 'Å', digits: 3, description: 'Largest distance between grid points', isDetail: true },
  { key: 'fineGridChangeE', label: 'Δq finer grid', unit: 'e', digits: 4, description: 'Largest change of any net charge on a grid 1.5 times as fine; empty where that was not asked for', isDetail: true },
  { key: 'partition', label: 'Partition', description: 'Program, method and reference density', isDetail: true },
  { key: 'checks', label: 'Checks', description: 'What is wrong with the partition, or ok' },
  flagsColumn,
] // prettier-ignore

/** Bader charges of the dopant, its oxygens and the rest; one row a candidate. */
export function chargeTable(candidates: readonly CandidateResult[]): ResultTable {
  return {
    name: 'charges',
    title: `Bader charges. ${netChargeDefinition}`,
    columns: forHost(chargeColumns, candidates),
    rows: candidates.map((candidate) => row(candidate, candidates)),
    notes: [
      ...methodNotes(candidates),
      netChargeDefinition,
      'ZVAL is that of the potentials of the same run. Net charges are no oxidation states.',
      'Differences are to the undoped slab of the same method.',
      ...gridNotes(candidates),
    ],
  }
}

/** Why charges that need a reference density stay empty. */
function withoutReference(bader: BaderCharges): string {
  if (isOriginKnown(bader)) return 'there is no reference density (AECCAR0 + AECCAR2), without which the valence charge has no maximum at such an atom'
  return `nothing tells whether the basins are those of AECCAR0 + AECCAR2 (the partition is ${originWords(bader)})`
}

const withoutOxygen = 'no oxygen is within bonding distance of the dopant'

function row(candidate: CandidateResult, all: readonly CandidateResult[]): TableRow {
  const identity = { ...identityCells(candidate), flags: flagsCell(candidate) }
  const structure = chargeStructure(candidate)
  const { bader } = candidate
  if (bader === undefined || structure === undefined) {
    return { ...identity, ...everyCell(missing(pendingReason(candidate, 'Bader charges'))) }
  }
  const means = meanCharges(candidate, structure, bader, hostCation(all))
  return {
    ...identity,
    atomCount: candidate.dopantIndices.length,
    ...chargeCells(candidate, means, bader),
    neighbourOxygenChargesE: individualCharges(candidate, structure, bader),
    fineGridChangeE: fineGridChange(candidate, structure),
    ...changeCells(candidate, bader, means, all),
    ...partitionCells(candidate, structure, bader),
  }
}

/** Charges belong to the static step; it keeps the relaxed positions. */
function chargeStructure(candidate: CandidateResult): Structure | undefined {
  return candidate.static?.structure ?? candidate.relaxed?.structure
}

interface MeanCharges {
  readonly dopant: number | null
  readonly neighbourOxygen: number | null
  readonly otherOxygen: number | null
  readonly oxygen: number | null
  readonly hostCation: number | null
  readonly lithium: number | null
}

function meanCharges(
  candidate: CandidateResult,
  structure: Structure,
  bader: BaderCharges,
  cation = '',
): MeanCharges {
  const charges = netChargesE(structure, bader)
  const over = (indices: readonly number[]): number | null =>
    mean(indices.map((index) => charges[index] ?? 0))
  const bonded = new Set(
    candidate.dopantIndices.flatMap((centre) =>
      bondsOf(structure, centre, candidate.oxidationStates).bonds.map((bond) => bond.index),
    ),
  )
  const oxygen = indicesOf(structure, 'O')
  return {
    dopant: over(candidate.dopantIndices),
    neighbourOxygen: over(oxygen.filter((index) => bonded.has(index))),
    otherOxygen: over(oxygen.filter((index) => !bonded.has(index))),
    oxygen: over(oxygen),
    hostCation: over(indicesOf(structure, cation)),
    lithium: over(indicesOf(structure, 'Li')),
  }
}

function chargeCells(candidate: CandidateResult, means: MeanCharges, bader: BaderCharges): TableRow {
  const isDoped = candidate.dopant !== null
  const ofDoped = (charge: number | null, without: string): Cell => {
    if (!isDoped) return null
    return bader.hasReference ? (charge ?? missing(without)) : missing(withoutReference(bader))
  }
  return {
    dopantChargeE: ofDoped(means.dopant, 'the cell has no such ion'),
    neighbourOxygenChargeE: ofDoped(means.neighbourOxygen, withoutOxygen),
    otherOxygenChargeE: means.otherOxygen,
    hostCationChargeE: means.hostCation,
    lithiumChargeE: means.lithium,
  }
}

function changeCells(
  candidate: CandidateResult,
  bader: BaderCharges,
  now: MeanCharges,
  all: readonly CandidateResult[],
): TableRow {
  const pristine = pristineOf(all, candidate)
  const structure = pristine === undefined ? undefined : chargeStructure(pristine)
  const change = (value: number | null, before: number | null): Cell =>
    value === null || before === null ? null : value - before
  const keys = ['neighbourOxygenChangeE', 'otherOxygenChangeE', 'hostCationChangeE', 'lithiumChangeE']
  if (pristine === candidate) return Object.fromEntries(keys.map((key) => [key, null]))
  if (pristine?.bader === undefined || structure === undefined) {
    return Object.fromEntries(keys.map((key) => [key, missing('the undoped slab has no charges')]))
  }
  const before = meanCharges(pristine, structure, pristine.bader, hostCation(all))
  const ofNeighbours = now.neighbourOxygen === null && candidate.dopant !== null ? missing(withoutOxygen) : change(now.neighbourOxygen, before.oxygen)
  return {
    neighbourOxygenChangeE: bader.hasReference ? ofNeighbours : missing(withoutReference(bader)),
    otherOxygenChangeE: change(now.otherOxygen, before.oxygen),
    hostCationChangeE: change(now.hostCation, before.hostCation),
    lithiumChangeE: change(now.lithium, before.lithium),
  }
}

function partitionCells(candidate: CandidateResult, structure: Structure, bader: BaderCharges): TableRow {
  return {
    sumChargeE: netChargesE(structure, bader).reduce((sum, value) => sum + value, 0),
    vacuumElectrons: bader.vacuumElectrons,
    gridSpacingAngstrom: bader.gridSpacingAngstrom ?? missing('the grid of the charge file is not known'),
    partition: originWords(bader),
    checks: checksText(chargeChecks(bader, candidate.static?.electronCount)),
  }
}

/** Only where the screen asks for one candidate on a finer grid. */
function fineGridChange(candidate: CandidateResult, structure: Structure): Cell {
  const { bader, fineBader } = candidate
  if (bader === undefined || fineBader === undefined) return null
  const [usual, fine] = [netChargesE(structure, bader), netChargesE(structure, fineBader)]
  return Math.max(...usual.map((value, index) => Math.abs(value - (fine[index] ?? Number.NaN))))
}

/** What a finer grid said; that nobody asked it, where charges stand in the table. */
function gridNotes(candidates: readonly CandidateResult[]): readonly string[] {
  const notes = candidates.flatMap(fineGridNote)
  if (notes.length > 0 || candidates.every(({ bader }) => bader === undefined)) return notes
  return ['No candidate has a run on a finer grid yet: how far the charges depend on the grid is not known (chargeGridCheck).']
}

/** From here on the grid decides the second digit. */
const gridLimitE = 0.01

function fineGridNote(candidate: CandidateResult): readonly string[] {
  const structure = chargeStructure(candidate)
  const change = structure === undefined ? null : fineGridChange(candidate, structure)
  if (typeof change !== 'number') return []
  const { gridSpacingAngstrom: usual } = candidate.bader ?? {}
  const { gridSpacingAngstrom: fine } = candidate.fineBader ?? {}
  const grids = usual === undefined || fine === undefined ? '' : `, from ${usual.toFixed(3)} to ${fine.toFixed(3)} Å`
  const verdict = change > gridLimitE ? 'the charges of this screen depend on the grid: set NGXF, NGYF and NGZF higher in method.incar' : 'the usual grid is fine enough'
  return [`Grid check with ${candidate.candidateId}: on a finer grid${grids} no net charge changes by more than ${change.toFixed(4)} e; ${verdict}.`]
}

/** `-1.21 -1.20 | -1.21 -1.20`, which tells a long bond from a short one. */
function individualCharges(candidate: CandidateResult, structure: Structure, bader: BaderCharges): Cell {
  if (candidate.dopant === null) return null
  if (!bader.hasReference) return missing(withoutReference(bader))
  const charges = netChargesE(structure, bader)
  if (meanCharges(candidate, structure, bader).neighbourOxygen === null) return missing(withoutOxygen)
  const words = candidate.dopantIndices.map((centre) =>
    bondsOf(structure, centre, candidate.oxidationStates)
      .bonds.filter(({ element }) => element === 'O')
      .map(({ index }) => (charges[index] ?? Number.NaN).toFixed(3))
      .join(' ') || 'none',
  )
  return words.join(' | ')
}

function everyCell(cell: Cell): TableRow {
  const own = chargeColumns.slice(identityColumns.length).filter(({ key }) => key !== flagsColumn.key)
  return Object.fromEntries(own.map(({ key }) => [key, cell]))
}
