import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import type { CandidateResult } from './candidate-result.ts'
import { chemicalLimits, withFurtherElements, type ChemicalLimit } from './chemical-limits.ts'
import { detail, flagsColumn, marksCell, methodNotes } from './common-columns.ts'
import { energyRun, whyNoEnergy } from './energy-runs.ts'
import { metalNotes, oxygenCorrectionNote, phaseEnergies, type PhaseEnergies } from './phase-energies.ts'
import { noTableSettings, type TableSettings } from './table-settings.ts'

export const potentialColumns: readonly Column[] = [
  { key: 'limit', label: 'At', description: 'Phases in equilibrium with the host, or the name of stated potentials', isFormula: true },
  { key: 'kind', label: 'Kind', description: 'limit: a corner of the region where the host is stable; stated: of the screen file' },
  { key: 'method', label: 'Method', description: 'dft, or rehearsal for numbers of the stand-in' },
]

/** Chemical potentials at every corner and at those stated, from the elements as zero; one row a set. */
export function potentialsTable(candidates: readonly CandidateResult[], settings: TableSettings = noTableSettings): ResultTable {
  const hasReferences = candidates.some(({ reference }) => reference !== undefined)
  const hosts = hasReferences ? undopedHosts(candidates) : []
  const parts = hosts.flatMap((host) => partsOf(host, candidates, settings))
  const elements = [...new Set(parts.flatMap(({ cells }) => Object.keys(cells)))]
  return {
    name: 'potentials',
    title: 'Chemical potentials',
    columns: [...potentialColumns, ...elements.flatMap((element) => columnsOf(element, parts)), flagsColumn],
    rows: parts.map((part) => ({ ...rowOf(part), flags: marksCell(candidates.filter(entersPotentials)) })),
    notes: hosts.length === 0 ? [] : [...methodNotes(hosts), ...notes, ...metalNotes(candidates), oxygenCorrectionNote(settings.chemicalPotentials.oxygenCorrection)],
  }
}

const notes = [
  'Δμ is counted from the element’s own reference, O2 for oxygen: 0 where the element itself would come out, negative elsewhere.',
  'An element that the host lacks has the highest potential that its phases allow there; the phase stands beside it.',
]

/** Whose energies every potential is worked out from. */
function entersPotentials(candidate: CandidateResult): boolean {
  return candidate.reference !== undefined || candidate.candidateId === 'bulk' || undopedHosts([candidate]).length > 0
}

/** The undoped candidates with all their lithium, one for each method. */
function undopedHosts(candidates: readonly CandidateResult[]): readonly CandidateResult[] {
  const undoped = candidates.filter(({ dopant, vacancy, reference, candidateId, remainingLithiumPerFormulaUnit: left }) => {
    return dopant === null && vacancy === undefined && reference === undefined && left === undefined && candidateId !== 'bulk'
  })
  return undoped.filter(({ method }, n) => undoped.findIndex((other) => other.method === method) === n)
}

interface ElementCells {
  readonly deltaEv: Cell
  readonly potentialEv: Cell
  readonly phase: Cell
}

interface Part {
  readonly limit: Cell
  readonly kind: string | null
  readonly method: string
  readonly cells: Readonly<Record<string, ElementCells>>
}

function partsOf(host: CandidateResult, candidates: readonly CandidateResult[], settings: TableSettings): readonly Part[] {
  const { method } = host
  const run = energyRun(host)
  if (run === undefined) return [{ limit: missing(`${host.candidateId}: ${whyNoEnergy(host)}`), kind: null, method, cells: {} }]
  const energies = phaseEnergies(candidates, run, settings.chemicalPotentials)
  const { limits, why } = chemicalLimits(energies, settings.chemicalPotentials)
  const parts = limits.map((limit): Part => ({ limit: limit.name, kind: limit.kind, method, cells: cellsAt(limit, energies) }))
  return why === undefined ? parts : [{ limit: missing(why), kind: null, method, cells: {} }, ...parts]
}

/** Elements of the host first, then those of the other phases. */
function cellsAt(limit: ChemicalLimit, { host, phases, elements }: PhaseEnergies): Readonly<Record<string, ElementCells>> {
  const own = Object.keys(host?.counts ?? limit.potentialsEv)
  const further = [...new Set(phases.flatMap(({ counts }) => Object.keys(counts)))].filter((element) => !own.includes(element))
  const all = [...own, ...further].map((element) => {
    const { potentialsEv, setBy } = withFurtherElements(limit, further.includes(element) ? [element] : [], phases)
    return [element, elementCells(potentialsEv[element], elements[element], element, setBy[0])] as const
  })
  return Object.fromEntries(all)
}

function elementCells(potentialEv: number | undefined, zeroEv: number | undefined, element: string, phase: string | undefined): ElementCells {
  if (potentialEv === undefined) {
    const none = missing(`no phase limits ${element}`)
    return { deltaEv: none, potentialEv: none, phase: null }
  }
  const deltaEv = zeroEv === undefined ? missing(`there is no reference of the element ${element} alone`) : potentialEv - zeroEv
  return { deltaEv, potentialEv, phase: phase ?? null }
}

function columnsOf(element: string, parts: readonly Part[]): readonly Column[] {
  const delta: Column = { key: `deltaMu${element}Ev`, label: `Δμ ${element}`, unit: 'eV', digits: 3, description: `Potential of ${element} from its own reference, per atom` }
  const absolute = detail({ key: `mu${element}Ev`, label: `μ ${element}`, unit: 'eV', digits: 4, description: `Chemical potential of ${element} per atom` })
  const phase: Column = { key: `phase${element}`, label: `${element} from`, description: `Phase that sets the potential of ${element}`, isFormula: true }
  return parts.some(({ cells }) => cells[element]?.phase != null) ? [delta, phase, absolute] : [delta, absolute]
}

function rowOf({ limit, kind, method, cells }: Part): TableRow {
  const own = Object.entries(cells).flatMap(([element, { deltaEv, potentialEv, phase }]) => [
    [`deltaMu${element}Ev`, deltaEv] as const,
    [`mu${element}Ev`, potentialEv] as const,
    [`phase${element}`, phase] as const,
  ])
  return { limit, kind, method, ...Object.fromEntries(own) }
}
