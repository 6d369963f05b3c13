import { bandCentreEv } from '../../analysis/densities-of-states.ts'
import { flatVacuumEv, slabPotential, workFunctionEv } from '../../analysis/planar-potential.ts'
import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import { pendingReason, type CandidateResult, type CandidateStep } from './candidate-result.ts'
import { detail, flagsCell, flagsColumn, identityCells, identityColumns, methodNotes } from './common-columns.ts'

const level = (key: string, label: string, description: string): Column => ({ key, label, unit: 'eV', digits: 2, description })

export const levelColumns: readonly Column[] = [
  ...identityColumns,
  level('gapEv', 'Gap', 'Lowest empty minus highest occupied level on the k-points of the run; 0 for a metal'),
  { key: 'gapKind', label: 'Kind', description: 'Direct or indirect on these k-points, or metallic' },
  level('oxygenCentreEv', 'O 2p centre', 'Centre of occupied and empty O p states from −10 to 6 eV about the Fermi level'),
  level('oxygenCentreOccupiedEv', 'O 2p centre, occupied', 'Centre of the occupied O p states'),
  level('workFunctionAboveEv', 'W top', 'Potential in the vacuum above the upper face minus the Fermi level'),
  detail(level('workFunctionBelowEv', 'W bottom', 'The same below the lower face')),
  { key: 'vacuumRippleEv', label: 'Vacuum ripple', unit: 'eV', digits: 3, description: 'Largest change of the potential in the stretches that were averaged; above 0.05 the vacuum is not flat' },
  detail(level('fermiEv', 'E_F', 'On the scale of the run’s own potential')),
  detail(level('valenceMaximumEv', 'VBM', 'Highest occupied level, from the Fermi level')),
  detail(level('conductionMinimumEv', 'CBM', 'Lowest empty level, from the Fermi level')),
  detail({ key: 'levelsFrom', label: 'From', description: 'Step that the levels were read from' }),
  flagsColumn,
] // prettier-ignore

/** Gap, centre of the O 2p band and work function; one row a candidate. */
export function levelsTable(candidates: readonly CandidateResult[]): ResultTable {
  return {
    name: 'levels',
    title: 'Electronic levels',
    columns: levelColumns,
    rows: candidates.map(row),
    notes: [
      ...methodNotes(candidates),
      'Gaps of PBE+U are too small and depend on U. A gap is that of the k-points of the run, at most too large.',
      'The Fermi level of an insulator lies somewhere in its gap: work functions and band centres of two such cells differ by that, too.',
      `Projections go by the spheres of the potentials and add up to less than the total. A vacuum that changes by more than ${flatVacuumEv} eV needs more width or a dipole correction.`,
    ],
  }
}

function row(candidate: CandidateResult): TableRow {
  const identity = { ...identityCells(candidate), flags: flagsCell(candidate) }
  const [from, step] = candidate.dos?.electronicStructure === undefined ? (['static', candidate.static] as const) : (['dos', candidate.dos] as const)
  if (step === undefined) {
    const own = levelColumns.slice(identityColumns.length).filter(({ key }) => key !== flagsColumn.key)
    return { ...identity, ...Object.fromEntries(own.map(({ key }) => [key, missing(pendingReason(candidate, 'static step'))])) }
  }
  const potential = potentialCells(candidate.static)
  return { ...identity, ...levelCells(step), ...potential, levelsFrom: from, flags: withRipple(identity.flags, potential['vacuumRippleEv']) }
}

/** Beside the candidate's own flags: a vacuum that is not flat makes a work function one of many. */
function withRipple(flags: Cell, rippleEv: Cell | undefined): Cell {
  if (typeof rippleEv !== 'number' || rippleEv <= flatVacuumEv) return flags
  const words = `the vacuum is not flat (${rippleEv.toFixed(2)} eV)`
  return typeof flags === 'string' ? `${flags}; ${words}` : words
}

function levelCells({ electronicStructure: levels }: CandidateStep): TableRow {
  const none = missing('vasprun.xml has no densities of states')
  const noEdges = missing('the run printed no eigenvalues')
  if (levels === undefined) return { gapEv: none, gapKind: none, oxygenCentreEv: none, oxygenCentreOccupiedEv: none, fermiEv: none }
  const { gapEv, valenceMaximumEv: top, conductionMinimumEv: bottom, fermiEv, isDirectGap, dos } = levels
  const noOxygen = missing('there are no O p states in the window')
  return {
    gapEv: gapEv ?? noEdges,
    gapKind: gapEv === null ? noEdges : gapEv === 0 ? 'metallic' : isDirectGap === true ? 'direct' : 'indirect',
    oxygenCentreEv: bandCentreEv(dos, 'O p', 'all') ?? noOxygen,
    oxygenCentreOccupiedEv: bandCentreEv(dos, 'O p', 'occupied') ?? noOxygen,
    fermiEv,
    valenceMaximumEv: top === null ? noEdges : top - fermiEv,
    conductionMinimumEv: bottom === null ? noEdges : bottom - fermiEv,
  }
}

function potentialCells(step: CandidateStep | undefined): TableRow {
  const { planarPotential, electronicStructure, structure } = step ?? {}
  const potential = planarPotential === undefined || structure === undefined ? undefined : slabPotential(planarPotential, structure)
  const why = planarPotential === undefined ? 'there is no LOCPOT' : potential === undefined ? 'the cell has no vacuum that is wide enough' : undefined
  if (potential === undefined || electronicStructure === undefined) {
    const cell = missing(why ?? 'the Fermi level is not known')
    return { workFunctionAboveEv: cell, workFunctionBelowEv: cell, vacuumRippleEv: cell }
  }
  return {
    workFunctionAboveEv: workFunctionEv(potential.above, electronicStructure.fermiEv),
    workFunctionBelowEv: workFunctionEv(potential.below, electronicStructure.fermiEv),
    vacuumRippleEv: Math.max(potential.above.rippleEv, potential.below.rippleEv),
  }
}
