import { shortestDistanceAngstrom } from '../../structure/neighbours.ts'
import { volumeAngstrom3 } from '../../structure/lattice.ts'
import { composition, formula } from '../../structure/structure.ts'
import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import type { CandidateResult } from './candidate-result.ts'
import { flagsCell, flagsColumn, methodNotes } from './common-columns.ts'
import { energyCell, energyRun, whyNoEnergy } from './energy-runs.ts'
import { metalNotes, oxygenCorrectionNote, withOxygenCorrection } from './phase-energies.ts'
import { noTableSettings, type TableSettings } from './table-settings.ts'
import { assertComparable, ChemicalPotentialMissingError, type EnergyRun } from '../../analysis/energies.ts'

export const referenceColumns: readonly Column[] = [
  { key: 'candidate', label: 'Candidate', description: 'Identifier in the screen' },
  { key: 'phase', label: 'Phase', description: 'Name in the screen file', isFormula: true },
  { key: 'kind', label: 'Kind', description: 'Crystal, metal or molecule' },
  { key: 'method', label: 'Method', description: 'dft, or rehearsal for numbers of the stand-in' },
  { key: 'formula', label: 'Formula', description: 'Atoms of the cell', isFormula: true },
  { key: 'energyPerAtomEv', label: 'E / atom', unit: 'eV', digits: 4, description: 'energy(σ→0) of the static step' },
  { key: 'entropyPerAtomMev', label: '−TS / atom', unit: 'meV', digits: 2, description: 'Free energy minus energy without entropy: what the smearing leaves' },
  { key: 'formationPerAtomEv', label: 'ΔE / atom', unit: 'eV', digits: 3, description: 'From the elements, where all their references are there' },
  { key: 'volumePerAtomAngstrom3', label: 'V / atom', unit: 'Å³', digits: 3, description: 'Of the relaxed cell; empty for a molecule in its box' },
  { key: 'shortestAngstrom', label: 'd min', unit: 'Å', digits: 3, description: 'Shortest distance of two atoms' },
  { key: 'totalMomentMuB', label: 'Moment', unit: 'μB', digits: 2, description: 'Of the cell; 2 for triplet O2' },
  flagsColumn,
] // prettier-ignore

type OxygenRule = TableSettings['chemicalPotentials']['oxygenCorrection']

/** The phases that limit chemical potentials; one row a phase. */
export function referencesTable(candidates: readonly CandidateResult[], settings: TableSettings = noTableSettings): ResultTable {
  const references = candidates.filter(({ reference }) => reference !== undefined)
  const { oxygenCorrection } = settings.chemicalPotentials
  return {
    name: 'references',
    title: 'References',
    columns: referenceColumns,
    rows: references.map((candidate) => row(candidate, references, oxygenCorrection)),
    notes: references.length === 0 ? [] : [...methodNotes(references), enthalpyNote, ...metalNotes(references), oxygenCorrectionNote(oxygenCorrection)],
  }
}

const enthalpyNote = 'ΔE is an energy at 0 K; it compares with enthalpies of formation within some 0.1 eV per atom at best.'

function row(candidate: CandidateResult, all: readonly CandidateResult[], correction: OxygenRule): TableRow {
  const { candidateId, reference, method, static: step } = candidate
  const structure = (step ?? candidate.relaxed)?.structure ?? candidate.initial
  const run = energyRun(candidate)
  const atoms = structure?.sites.length ?? 1
  const none = missing(whyNoEnergy(candidate))
  return {
    candidate: candidateId,
    phase: reference?.phase ?? null,
    kind: reference?.kind ?? null,
    method,
    formula: structure === undefined ? null : formula(structure),
    energyPerAtomEv: run === undefined ? none : run.energySigmaToZeroEv / atoms,
    entropyPerAtomMev: step === undefined ? none : ((step.entropyTermEv ?? Number.NaN) * 1000) / atoms,
    formationPerAtomEv: run === undefined ? none : formationPerAtom(candidate, all, correction),
    volumePerAtomAngstrom3: structure === undefined || reference?.kind === 'molecule' ? null : volumeAngstrom3(structure.lattice) / atoms,
    shortestAngstrom: structure === undefined ? null : shortestDistanceAngstrom(structure),
    totalMomentMuB: step?.totalMomentMuB ?? null,
    flags: flagsCell(candidate),
  }
}

/** null for an element, whose own energy is the zero. */
function formationPerAtom(candidate: CandidateResult, all: readonly CandidateResult[], correction: OxygenRule): Cell {
  const run = energyRun(candidate)
  const counts = run === undefined ? new Map<string, number>() : composition(run.structure)
  if (run === undefined || counts.size < 2) return null
  const without = [...counts.keys()].find((element) => elementRun(element, all) === undefined)
  if (without !== undefined) return missing(`there is no reference of the element ${without} alone`)
  return energyCell(() => {
    const elements = [...counts].reduce((sum, [element, count]) => sum + count * elementEnergyEv(element, run, all, correction), 0)
    return (run.energySigmaToZeroEv - elements) / run.structure.sites.length
  })
}

function elementRun(element: string, all: readonly CandidateResult[]): EnergyRun | undefined {
  return all.flatMap((other) => energyRun(other) ?? []).find(({ structure }) => structure.sites.every((site) => site.element === element))
}

function elementEnergyEv(element: string, run: EnergyRun, all: readonly CandidateResult[], correction: OxygenRule): number {
  const own = elementRun(element, all)
  if (own === undefined) throw new ChemicalPotentialMissingError(element)
  assertComparable(run, own)
  return withOxygenCorrection(own, correction) / own.structure.sites.length
}
