import { incomparableSettings } from '../../analysis/run-settings.ts'
import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import { bondTable } from './bond-table.ts'
import type { CandidateResult } from './candidate-result.ts'
import { detail, flagsCell, flagsColumn, methodNotes } from './common-columns.ts'
import { energiesTable } from './energies-table.ts'
import { energyRun, whyNoEnergy } from './energy-runs.ts'
import { levelsTable } from './levels-table.ts'
import { noTableSettings, type TableSettings } from './table-settings.ts'

export const convergenceColumns: readonly Column[] = [
  { key: 'candidate', label: 'Candidate', description: 'Identifier in the screen' },
  detail({ key: 'of', label: 'Of', description: 'Candidate that is repeated' }),
  { key: 'parameter', label: 'Parameter', description: 'What is changed, with its unit' },
  { key: 'value', label: 'Value', description: 'Of the parameter; the screen’s own is marked' },
  { key: 'isOwn', label: 'Screen', description: 'own: the value that the other tables stand on' },
  { key: 'method', label: 'Method', description: 'dft, or rehearsal for numbers of the stand-in' },
  { key: 'kMesh', label: 'k-mesh', description: 'Points along each axis' },
  detail({ key: 'atoms', label: 'Atoms', description: 'Of the cell', digits: 0 }),
  { key: 'energyPerAtomEv', label: 'E / atom', unit: 'eV', digits: 4, description: 'energy(σ→0) of the static step' },
  { key: 'energyChangeMev', label: 'ΔE / atom', unit: 'meV', digits: 2, description: 'Minus that of the finest value; empty for thicknesses, whose cells hold different shares of surface' },
  { key: 'surfaceEnergyJPerM2', label: 'γ', unit: 'J/m²', digits: 3, description: 'As in the table of energies, for thicknesses and widths of the vacuum; other tests would need a bulk at each value' },
  { key: 'meanAngstrom', label: 'd mean', unit: 'Å', digits: 4, description: 'Mean bond length, as in the table of bonds' },
  { key: 'meanChangeAngstrom', label: 'Δd', unit: 'Å', digits: 4, description: 'Minus that of the finest value; empty for thicknesses of an undoped slab' },
  { key: 'workFunctionEv', label: 'W top', unit: 'eV', digits: 3, description: 'As in the table of levels' },
  flagsColumn,
] // prettier-ignore

/** Words and the direction in which a parameter becomes finer. */
const parameters: Readonly<Record<string, { readonly words: string; readonly suffix: string; readonly isFinerUp: boolean }>> = {
  encutEv: { words: 'ENCUT (eV)', suffix: 'encut', isFinerUp: true },
  kpoints: { words: 'k spacing', suffix: 'k', isFinerUp: false },
  repeats: { words: 'repeats', suffix: 'n', isFinerUp: true },
  vacuumAngstrom: { words: 'vacuum (Å)', suffix: 'vac', isFinerUp: true },
}

/** What a convergence test found, from coarse to fine; one row a value, the screen’s own among them. */
export function convergenceTable(candidates: readonly CandidateResult[], settings: TableSettings = noTableSettings): ResultTable {
  const tests = candidates.filter(({ convergence }) => convergence !== undefined)
  const others = [bondTable(candidates.filter(({ reference }) => reference === undefined)), energiesTable(candidates), levelsTable(candidates)] as const
  const rows = [...new Set(tests.map(groupOf))].flatMap((name) => rowsOf(tests.filter((test) => groupOf(test) === name), candidates, settings, others))
  return {
    name: 'convergence',
    title: 'Convergence tests',
    columns: convergenceColumns,
    rows,
    notes: tests.length === 0 ? [] : [...methodNotes(tests), ...notes],
  }
}

const notes = [
  'One setting is changed at a time, in every step. Energies at different settings stand side by side here and nowhere else.',
  'What matters is a difference between two cells at one setting, which converges sooner than the energies do.',
]

function groupOf(test: CandidateResult): string {
  return `${test.method} ${baseId(test)} ${test.convergence?.parameter}`
}

interface Point {
  readonly candidate: CandidateResult
  readonly value: number | undefined
  readonly isOwn: boolean
}

function rowsOf(group: readonly CandidateResult[], all: readonly CandidateResult[], settings: TableSettings, others: readonly ResultTable[]): readonly TableRow[] {
  const [first] = group
  if (first === undefined) return []
  const { parameter } = first.convergence!
  const own = all.find(({ candidateId, method }) => candidateId === baseId(first) && method === first.method)
  const points: readonly Point[] = [
    ...(own === undefined ? [] : [{ candidate: own, value: ownValue(parameter, settings), isOwn: true }]),
    ...group.map((candidate) => ({ candidate, value: candidate.convergence!.value, isOwn: false })),
  ]
  const direction = parameters[parameter]?.isFinerUp === false ? -1 : 1
  const sorted = points.toSorted((a, b) => direction * ((a.value ?? 0) - (b.value ?? 0)))
  const finest = sorted.findLast(({ candidate }) => energyRun(candidate) !== undefined)?.candidate
  return sorted.map((point) => row(point, { parameter, words: parameterWords(parameter, settings), finest }, others))
}

interface Group {
  readonly parameter: string
  readonly words: string
  readonly finest: CandidateResult | undefined
}

function row({ candidate, value, isOwn }: Point, { parameter, words, finest }: Group, [bonds, energies, levels]: readonly ResultTable[]): TableRow {
  const run = energyRun(candidate)
  const none = missing(whyNoEnergy(candidate))
  const step = candidate.static ?? candidate.relaxed
  const mean = cellOf(bonds, candidate, 'meanAngstrom')
  const isOfTheSlab = parameter === 'repeats' || parameter === 'vacuumAngstrom'
  const finestMean = finest === undefined ? null : cellOf(bonds, finest, 'meanAngstrom')
  return {
    of: candidate.convergence === undefined ? candidate.candidateId : baseId(candidate),
    parameter: words,
    value: value ?? null,
    isOwn: isOwn ? 'own' : null,
    method: candidate.method,
    kMesh: step?.settings?.kMesh.join(' × ') ?? null,
    candidate: candidate.candidateId,
    atoms: step?.structure.sites.length ?? null,
    energyPerAtomEv: run === undefined ? none : run.energySigmaToZeroEv / run.structure.sites.length,
    energyChangeMev: parameter === 'repeats' ? null : energyChange(candidate, finest),
    surfaceEnergyJPerM2: isOfTheSlab ? cellOf(energies, candidate, 'surfaceEnergyJPerM2') : null,
    meanAngstrom: mean,
    meanChangeAngstrom: (parameter !== 'repeats' || candidate.dopant !== null) && typeof mean === 'number' && typeof finestMean === 'number' ? mean - finestMean : null,
    workFunctionEv: cellOf(levels, candidate, 'workFunctionAboveEv'),
    flags: flagsCell(candidate),
  }
}

/** Per atom; everything but what convergence tests change must be the same. */
function energyChange(candidate: CandidateResult, finest: CandidateResult | undefined): Cell {
  const [run, reference] = [energyRun(candidate), finest === undefined ? undefined : energyRun(finest)]
  if (run === undefined || reference === undefined) return missing(whyNoEnergy(run === undefined ? candidate : (finest ?? candidate)))
  const { ENCUT, kMesh, lattice } = reference.settings
  const differences = incomparableSettings({ ...run.settings, ENCUT, kMesh, lattice }, reference.settings)
  if (differences.length > 0) return missing(`the runs differ in ${differences.join(', ')}`)
  const perAtom = ({ energySigmaToZeroEv, structure }: typeof run): number => energySigmaToZeroEv / structure.sites.length
  return 1000 * (perAtom(run) - perAtom(reference))
}

/** The spacing of k-points has the unit that the screen says. */
function parameterWords(parameter: string, { kpoints }: TableSettings): string {
  const unit = kpoints?.unit === undefined ? '' : kpoints.unit === '2pi/A' ? ' (2π/Å)' : ' (1/Å)'
  return `${parameters[parameter]?.words ?? parameter}${parameter === 'kpoints' ? unit : ''}`
}

function cellOf(table: ResultTable | undefined, { candidateId, method }: CandidateResult, key: string): Cell {
  return table?.rows.find((each) => each['candidate'] === candidateId && each['method'] === method)?.[key] ?? null
}

/** `pristine` of `pristine-encut400`. */
function baseId({ candidateId, convergence }: CandidateResult): string {
  if (convergence === undefined) return candidateId
  const ending = `-${parameters[convergence.parameter]?.suffix ?? ''}${convergence.value}`
  return candidateId.endsWith(ending) ? candidateId.slice(0, -ending.length) : candidateId
}

function ownValue(parameter: string, { method, kpoints, slab }: TableSettings): number | undefined {
  const own: Readonly<Record<string, number | undefined>> = {
    encutEv: method?.encutEv,
    kpoints: kpoints?.mesh === undefined ? kpoints?.spacing : undefined,
    repeats: slab?.repeats,
    vacuumAngstrom: slab?.vacuumAngstrom,
  }
  return own[parameter]
}
