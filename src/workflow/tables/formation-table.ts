import { ChemicalPotentialMissingError, dopantFormationEnergyEv, exchangedAtoms, type EnergyRun } from '../../analysis/energies.ts'
import { composition } from '../../structure/structure.ts'
import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import { pristineOf, type CandidateResult } from './candidate-result.ts'
import { chemicalLimits, withFurtherElements, type ChemicalLimit } from './chemical-limits.ts'
import { detail, flagsCell, flagsColumn, identityCells, identityColumns, methodNotes } from './common-columns.ts'
import { energyCell, energyRun, whyNoEnergy } from './energy-runs.ts'
import { metalNotes, oxygenCorrectionNote, phaseEnergies, type PhaseEnergies } from './phase-energies.ts'
import { noTableSettings, type TableSettings } from './table-settings.ts'

export const formationColumns: readonly Column[] = [
  ...identityColumns,
  { key: 'limit', label: 'At', description: 'Phases in equilibrium with the host, or the name of stated potentials', isFormula: true },
  { key: 'dopantPhase', label: 'μ dopant from', description: 'Phase that comes out when there is more of the dopant', isFormula: true },
  { key: 'defectCount', label: 'n', digits: 0, description: 'Dopants, or vacancies, in the cell' },
  { key: 'formationEnergyEv', label: 'E form', unit: 'eV', digits: 3, description: 'E(cell) − E(undoped) − Σ n μ of the atoms exchanged, per cell' },
  { key: 'formationPerDefectEv', label: 'E form / n', unit: 'eV', digits: 3, description: 'The same for each dopant or vacancy' },
  { key: 'rankEv', label: 'ΔE', unit: 'eV', digits: 3, description: 'E form / n above the lowest site of the same dopant at the same potentials' },
  detail({ key: 'exchange', label: 'Exchanged', description: 'Atoms that came (+) and left (−)' }),
  flagsColumn,
] // prettier-ignore

/** Formation energies of dopants and vacancies; one row for each candidate and each set of chemical potentials. */
export function formationTable(candidates: readonly CandidateResult[], settings: TableSettings = noTableSettings): ResultTable {
  const defects = candidates.filter(isDefect)
  const parts = defects.flatMap((candidate) => rowsOf(candidate, candidates, settings))
  const elements = [...new Set(parts.flatMap(({ potentialsEv }) => Object.keys(potentialsEv)))]
  return {
    name: 'formation',
    title: 'Formation energies',
    columns: withPotentials(elements),
    rows: ranked(parts).map(({ row, potentialsEv, rank }) => ({ ...row, ...potentialCells(potentialsEv), rankEv: rank })),
    notes: [...methodNotes(defects), ...notes(defects, candidates, settings)],
  }
}

/** Doped and defective members with all their lithium, outside convergence tests. */
function isDefect({ dopant, vacancy, remainingLithiumPerFormulaUnit, series }: CandidateResult): boolean {
  return (dopant !== null || vacancy !== undefined) && remainingLithiumPerFormulaUnit === undefined && series !== 'convergence'
}

interface Part {
  readonly candidate: CandidateResult
  readonly limit: string
  readonly potentialsEv: Readonly<Record<string, number>>
  readonly perDefect: Cell
  readonly row: TableRow
}

function rowsOf(candidate: CandidateResult, all: readonly CandidateResult[], settings: TableSettings): readonly Part[] {
  const host = pristineOf(all, candidate)
  const [run, hostRun] = [energyRun(candidate), host === undefined ? undefined : energyRun(host)]
  if (run === undefined) return [emptyPart(candidate, whyNoEnergy(candidate))]
  if (hostRun === undefined) return [emptyPart(candidate, 'the undoped candidate has no energy')]
  const energies = phaseEnergies(all, hostRun, settings.chemicalPotentials)
  const { limits, why } = chemicalLimits(energies, settings.chemicalPotentials)
  // The references set the potentials, so that each of them enters every number.
  const against = [host, ...all.filter(({ reference, candidateId }) => reference !== undefined || candidateId === 'bulk')]
  const flags = flagsCell(candidate, against)
  const parts = limits.map((limit) => withFlags(partAt(candidate, run, hostRun, limit, energies), flags))
  return why === undefined ? parts : [emptyPart(candidate, why), ...parts]
}

function partAt(candidate: CandidateResult, run: EnergyRun, host: EnergyRun, limit: ChemicalLimit, { phases }: PhaseEnergies): Part {
  const exchange = exchangedAtoms(run.structure, host.structure)
  const own = composition(host.structure)
  const further = Object.keys(exchange).filter((element) => !own.has(element))
  const { potentialsEv, setBy } = withFurtherElements(limit, further, phases)
  const unknown = Object.keys(exchange).find((element) => potentialsEv[element] === undefined)
  const energy = unknown === undefined ? energyCell(() => dopantFormationEnergyEv(run, host, potentialsEv)) : missing(whyUnknown(unknown, limit))
  const count = defectCount(candidate)
  const perDefect = typeof energy === 'number' ? energy / count : energy
  const row = {
    ...identityCells(candidate),
    limit: limit.name,
    dopantPhase: setBy.length === 0 ? null : setBy.join(', '),
    defectCount: count,
    formationEnergyEv: energy,
    formationPerDefectEv: perDefect,
    exchange: exchangeWords(exchange),
  }
  return { candidate, limit: limit.name, potentialsEv, perDefect, row }
}

function withFlags(part: Part, flags: string | null): Part {
  return { ...part, row: { ...part.row, flags } }
}

function whyUnknown(element: string, { kind, name }: ChemicalLimit): string {
  if (kind === 'stated') return `${name} states no usable potential of ${element}, which needs ${element} and its own reference`
  return new ChemicalPotentialMissingError(element).message.replace('No', 'no').replace(/\.$/, `: no reference holds it`)
}

function emptyPart(candidate: CandidateResult, why: string): Part {
  const cell = missing(why)
  const row = { ...identityCells(candidate), limit: cell, formationEnergyEv: cell, formationPerDefectEv: cell, flags: flagsCell(candidate) }
  return { candidate, limit: '', potentialsEv: {}, perDefect: cell, row }
}

/** Energies are compared within one dopant, at one set of potentials, per dopant. */
function ranked(parts: readonly Part[]): readonly (Part & { readonly rank: Cell })[] {
  return parts.map((part) => {
    const peers = parts.filter((other) => other.limit === part.limit && kindOf(other.candidate) === kindOf(part.candidate))
    const energies = peers.flatMap(({ perDefect }) => (typeof perDefect === 'number' ? [perDefect] : []))
    const rank = typeof part.perDefect === 'number' && energies.length > 1 ? part.perDefect - Math.min(...energies) : null
    return { ...part, rank }
  })
}

function kindOf({ dopant, vacancy, method }: CandidateResult): string {
  return `${method} ${dopant ?? `vacancy of ${vacancy?.element ?? ''}`}`
}

function defectCount({ vacancy, dopantIndices }: CandidateResult): number {
  return Math.max(1, vacancy?.count ?? dopantIndices.length)
}

/** `muLiEv` and so on stand for formulas of a screen file. */
function withPotentials(elements: readonly string[]): readonly Column[] {
  const potentials = elements.map((element): Column => ({
    key: `mu${element}Ev`,
    label: `μ ${element}`,
    unit: 'eV',
    digits: 4,
    description: `Chemical potential of ${element} per atom`,
    isDetail: true,
  }))
  const [flags, ...others] = formationColumns.toReversed()
  return [...others.toReversed(), ...potentials, ...(flags === undefined ? [] : [flags])]
}

function potentialCells(potentialsEv: Readonly<Record<string, number>>): TableRow {
  return Object.fromEntries(Object.entries(potentialsEv).map(([element, ev]) => [`mu${element}Ev`, ev]))
}

function exchangeWords(exchange: Readonly<Record<string, number>>): string {
  const words = Object.entries(exchange).map(([element, count]) => `${count > 0 ? '+' : '−'}${Math.abs(count)} ${element}`)
  return words.length === 0 ? 'none' : words.join(', ')
}

function notes(defects: readonly CandidateResult[], all: readonly CandidateResult[], { chemicalPotentials }: TableSettings): readonly string[] {
  if (defects.length === 0) return []
  const host = all.find((candidate) => candidate.dopant === null && candidate.reference === undefined)
  const run = host === undefined ? undefined : energyRun(host)
  const energies = run === undefined ? undefined : phaseEnergies(all, run, chemicalPotentials)
  return [
    'Cells are neutral; potentials are those at which the host is in equilibrium with the phases named, the dopant at the most that its own phase allows.',
    'A limit is as good as the list of references: a phase that is not listed may narrow the region.',
    oxygenCorrectionNote(chemicalPotentials.oxygenCorrection),
    ...metalNotes(all),
    ...(energies?.problems ?? []),
  ]
}

