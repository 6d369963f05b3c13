import type { BaderCharges } from '../../analysis/charges.ts'
import type { FormalStates } from '../../analysis/formal-states.ts'
import type { RunSettings } from '../../analysis/run-settings.ts'
import type { PlanarPotential } from '../../analysis/planar-potential.ts'
import type { ElectronicStructure } from '../step-result.ts'
import type { Structure } from '../../structure/structure.ts'

/** Where a number came from: a calculation by VASP, or the stand-in that only rehearses one. */
export type Method = 'dft' | 'rehearsal'

/** Everything that the tables need about one candidate. What is not there yet is absent, and the cells say so. */
export interface CandidateResult {
  readonly candidateId: string
  readonly series: string
  readonly dopant: string | null
  /** For people: `Mn 4g, Mn layer, surface`. */
  readonly site: string | null
  readonly depthAngstrom: number | null
  readonly compensation: string
  readonly method: Method
  readonly oxidationStates: FormalStates
  /** 0-based, order of the relaxed structure; one for each doped face. */
  readonly dopantIndices: readonly number[]
  /** As written for the first step, in the same order of ions. */
  readonly initial?: Structure
  readonly relaxed?: CandidateStep
  readonly static?: CandidateStep
  /** A density of states on a mesh of its own. */
  readonly dos?: CandidateStep
  readonly bader?: BaderCharges
  /** Charges of the same density on a finer grid. */
  readonly fineBader?: BaderCharges
  /** Ions (0-based) whose moment changed between the steps. */
  readonly changedMomentIndices?: readonly number[]
  readonly flags: readonly string[]
  /** Those of the flags that say why its energies do not compare with the rest of the series. */
  readonly seriesMarks?: readonly string[]
  readonly formalHolesPerOxygen?: number
  /** x in LixMnO3-like terms, for delithiated candidates. */
  readonly remainingLithiumPerFormulaUnit?: number
  /** The candidate that lithium was taken out of. */
  readonly delithiatedFrom?: string
  /** Ions of the host that were taken out as the defect itself. */
  readonly vacancy?: { readonly element: string; readonly count: number }
  /** Only of phases that limit chemical potentials. */
  readonly reference?: { readonly phase: string; readonly kind: 'crystal' | 'metal' | 'molecule' }
  /** Only of convergence tests: what differs from the screen's own settings. */
  readonly convergence?: { readonly parameter: string; readonly value: number }
  /** The candidate that this is another start of; absent for the first start. */
  readonly startOf?: string
  /** The candidate whose relaxed cell the dopant was put into at the start. */
  readonly startsFrom?: string
  /** Why results are missing, as a clause: `the relaxation is still running`. */
  readonly pending?: string
  /** Why a static run that has ended gave no charges, as a clause. */
  readonly chargesMissing?: string
}

/** What one step of VASP left behind. */
export interface CandidateStep {
  readonly structure: Structure
  /** null when the run printed none. */
  readonly energySigmaToZeroEv: number | null
  readonly maxForceEvPerAngstrom?: number
  /** null when the files do not tell. */
  readonly isElectronicallyConverged: boolean | null
  /** null also for a step that moves no ions. */
  readonly isIonicallyConverged: boolean | null
  /** [ion], POSCAR order. */
  readonly momentsMuB?: readonly number[]
  readonly totalMomentMuB?: number
  /** NELECT. */
  readonly electronCount?: number
  readonly settings?: RunSettings
  /** Free energy minus energy without entropy, −TS of the smearing. */
  readonly entropyTermEv?: number
  readonly electronicStructure?: ElectronicStructure
  readonly planarPotential?: PlanarPotential
}

/** Clause for a cell that waits for a step. */
export function pendingReason(
  candidate: CandidateResult,
  step: 'relaxation' | 'static step' | 'Bader charges',
): string {
  if (step !== 'Bader charges') return candidate.pending ?? `there is no result of the ${step}`
  return candidate.chargesMissing ?? candidate.pending ?? 'there are no Bader charges'
}

/** The candidate that the others of its method are compared with: undoped and with all its lithium. */
export function pristineOf(
  candidates: readonly CandidateResult[],
  candidate: CandidateResult,
): CandidateResult | undefined {
  return candidates.find(
    (other) =>
      other.dopant === null &&
      other.method === candidate.method &&
      other.remainingLithiumPerFormulaUnit === undefined,
  )
}
