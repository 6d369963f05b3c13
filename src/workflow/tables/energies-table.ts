import {
  exchangedAtoms,
  IncomparableRunsError,
  relativeEnergiesEv,
  type EnergyRun,
} from '../../analysis/energies.ts'
import { formula } from '../../structure/structure.ts'
import {
  missing,
  type Cell,
  type Column,
  type ResultTable,
  type TableRow,
} from '../../tables/result-table.ts'
import { pendingReason, type CandidateResult, type CandidateStep } from './candidate-result.ts'
import { energyCell as computed, energyRun, whyNoEnergy } from './energy-runs.ts'
import { surfaceEnergyJPerM2 } from '../../analysis/surface-energy.ts'
import { vacuumAxes } from '../../vasp/input/vacuum.ts'
import { flagsCell, flagsColumn, identityCells, identityColumns, methodNotes } from './common-columns.ts'

const energy = (key: string, label: string, description: string): Column => ({
  key,
  label,
  unit: 'eV',
  digits: 4,
  description,
})

export const energyColumns: readonly Column[] = [
  ...identityColumns,
  { key: 'formula', label: 'Formula', description: 'Atoms of the cell', isFormula: true },
  energy('relaxedEnergyEv', 'E relaxed', 'energy(σ→0) of the relaxation'),
  energy('staticEnergyEv', 'E static', 'energy(σ→0) of the static step'),
  energy('sitePreferenceEv', 'ΔE site', 'Static energy above the lowest candidate of the same composition'),
  {
    key: 'surfaceEnergyJPerM2',
    label: 'γ',
    unit: 'J/m²',
    digits: 3,
    description: '(E slab − n E bulk) / 2A against the bulk of the references; mean of both faces, stoichiometric slabs only',
  },
  flagsColumn,
]

/** Total energies, and the order of sites where compositions are equal; one row a candidate. */
export function energiesTable(candidates: readonly CandidateResult[]): ResultTable {
  const preferences = sitePreferences(candidates)
  return {
    name: 'energies',
    title: 'Energies',
    columns: energyColumns,
    rows: candidates.map((candidate) =>
      row(candidate, preferences.get(candidate) ?? withoutSettings(candidate), candidates),
    ),
    notes: [
      ...methodNotes(candidates),
      'Relaxation and static step use different functionals: their energies must not enter one formula.',
      'Sites are ranked only among candidates of one composition; others need chemical potentials.',
    ],
  }
}

function row(candidate: CandidateResult, preference: Cell, all: readonly CandidateResult[]): TableRow {
  const structure = (candidate.static ?? candidate.relaxed)?.structure ?? candidate.initial
  return {
    ...identityCells(candidate),
    formula: structure === undefined ? null : formula(structure),
    relaxedEnergyEv: energyCell(candidate, candidate.relaxed, 'relaxation'),
    staticEnergyEv: energyCell(candidate, candidate.static, 'static step'),
    sitePreferenceEv: preference,
    surfaceEnergyJPerM2: surfaceEnergy(candidate, all),
    flags: flagsCell(candidate),
  }
}

/** Of undoped slabs with all their lithium; null for everything else. */
function surfaceEnergy(candidate: CandidateResult, all: readonly CandidateResult[]): Cell {
  const { dopant, vacancy, reference, remainingLithiumPerFormulaUnit: left, candidateId, method } = candidate
  const structure = (candidate.static ?? candidate.relaxed)?.structure
  const isSlab = structure !== undefined && vacuumAxes(structure).length === 1
  if (!isSlab || dopant !== null || vacancy !== undefined || reference !== undefined || left !== undefined || candidateId === 'bulk') return null
  const bulk = all.find((other) => other.candidateId === 'bulk' && other.method === method)
  if (bulk === undefined) return missing('there is no bulk among the references')
  const [slabRun, bulkRun] = [energyRun(candidate), energyRun(bulk)]
  if (slabRun === undefined) return missing(whyNoEnergy(candidate))
  if (bulkRun === undefined) return missing(`bulk: ${whyNoEnergy(bulk)}`)
  return computed(() => surfaceEnergyJPerM2(slabRun, bulkRun))
}

function energyCell(
  candidate: CandidateResult,
  step: CandidateStep | undefined,
  name: 'relaxation' | 'static step',
): Cell {
  if (step === undefined) return missing(pendingReason(candidate, name))
  if (step.isElectronicallyConverged === false)
    return missing(`the electrons of the ${name} did not converge`)
  return step.energySigmaToZeroEv ?? missing(`the ${name} printed no energy`)
}

function withoutSettings({ static: step }: CandidateResult): Cell {
  return step === undefined || step.settings !== undefined
    ? null
    : missing('the settings of the run are not recorded')
}

/** A candidate that shares its composition with no other has no site preference: null. */
function sitePreferences(candidates: readonly CandidateResult[]): ReadonlyMap<CandidateResult, Cell> {
  const ranked = candidates.filter(({ reference, candidateId }) => reference === undefined && candidateId !== 'bulk')
  const runs = ranked.flatMap((candidate) => {
    const run = energyRun(candidate)
    return run === undefined ? [] : [{ candidate, run }]
  })
  const cells = new Map<CandidateResult, Cell>()
  for (const { candidate, run } of runs) {
    const peers = runs.filter(
      (other) => Object.keys(exchangedAtoms(other.run.structure, run.structure)).length === 0,
    )
    cells.set(
      candidate,
      peers.length < 2
        ? null
        : preference(
            run,
            peers.map((peer) => peer.run),
          ),
    )
  }
  return cells
}

function preference(run: EnergyRun, peers: readonly EnergyRun[]): Cell {
  try {
    return relativeEnergiesEv(peers)[peers.indexOf(run)] ?? null
  } catch (error) {
    if (error instanceof IncomparableRunsError)
      return missing(`the runs differ in ${error.differences.join(', ')}`)
    throw error
  }
}
