import { maxForce, type Mobility } from './forces.ts'
import type { Ending } from './ending.ts'
import type { Settings } from './settings.ts'
import type { StepDraft } from './timeline.ts'

export interface Convergence {
  /** Of the last ionic step; null when the file does not tell. */
  readonly electronic: boolean | null
  /** Ionic steps before the last whose electronic loop missed. */
  readonly earlierElectronicMisses: number
  /** Null when nothing was to be relaxed (NSW = 0, dynamics, phonons). */
  readonly ionic: boolean | null
  /** Largest force on a component that may move against |EDIFFG|; null when EDIFFG speaks of energy or frozen ions are unknown. */
  readonly ionicByForces: boolean | null
  /** `unknown`: OUTCAR does not say which ions are frozen, and no POSCAR was given. */
  readonly frozenMask: 'given' | 'unknown'
}

export interface ConvergenceInput {
  readonly steps: readonly StepDraft[]
  readonly settings: Settings
  readonly incar: Settings
  readonly ending: Ending
  readonly hasTimingBlock: boolean
  readonly mobility?: Mobility | undefined
}

// IBRION of relaxations: quasi-Newton, conjugate gradients, damped dynamics, and the dimer method.
const relaxations: ReadonlySet<unknown> = new Set([1, 2, 3, 44])

export function judgeConvergence(input: ConvergenceInput): Convergence {
  const judged = input.steps.map((step) => electronicOf(step, input))
  const ionicByForces = forcesAreSmall(input)
  return {
    electronic: judged.at(-1) ?? null,
    earlierElectronicMisses: judged.slice(0, -1).filter((converged) => converged === false).length,
    ionic: ionicOf(input, ionicByForces),
    ionicByForces,
    frozenMask: input.mobility === undefined ? 'unknown' : 'given',
  }
}

/**
 * Did the electronic loop of a step converge?
 *
 * Up to 6.1 VASP prints "because EDIFF is reached" even when it gave up at NELM, so the count and the last change
 * decide: a miss is count ≥ NELM and |ΔE| > EDIFF (a loop may converge exactly at NELM).
 */
export function electronicOf(step: StepDraft, { settings, incar }: Pick<ConvergenceInput, 'settings' | 'incar'>): boolean | null {
  if (step.loopEnd === 'not-reached') return false
  const nelm = numberOf(settings['NELM'])
  // ALGO = Exact with one step diagonalises once (optics, GW): there is no loop that could converge.
  if (nelm === 1 && settings['IALGO'] === 90) return null
  if (nelm !== undefined && step.scfSteps >= nelm && step.lastEnergyChangeEv !== undefined) {
    const ediff = ediffOf(settings, incar)
    if (ediff !== undefined) return Math.abs(step.lastEnergyChangeEv) <= ediff
  }
  if (step.loopEnd === 'reached') return true
  // Left without a word: the run was cut within the loop, unless the step was completed all the same.
  return step.totenEv === undefined ? (step.scfSteps === 0 ? null : false) : null
}

// The INCAR echo (6.2 on) has the full number; the list of settings rounds it to one digit.
function ediffOf(settings: Settings, incar: Settings): number | undefined {
  const written = Number(String(incar['EDIFF'] ?? '').split(/[\s#!;]/)[0]!.replace(/[dD]/, 'e'))
  return written > 0 ? written : numberOf(settings['EDIFF'])
}

function ionicOf({ settings, ending, hasTimingBlock }: ConvergenceInput, ionicByForces: boolean | null): boolean | null {
  if (ending.reachedRequiredAccuracy) return ionicByForces !== false
  if (!isRelaxation(settings)) return null
  // After the last allowed step VASP does not look any more; with a cell that may change stress would count too.
  const isCellFixed = (numberOf(settings['ISIF']) ?? 2) < 3
  return hasTimingBlock && isCellFixed && ionicByForces === true
}

function isRelaxation(settings: Settings): boolean {
  return relaxations.has(settings['IBRION']) && (numberOf(settings['NSW']) ?? 0) > 0
}

function forcesAreSmall({ steps, settings, mobility }: ConvergenceInput): boolean | null {
  const ediffg = numberOf(settings['EDIFFG'])
  const last = steps.findLast((step) => step.forces !== undefined)
  if (ediffg === undefined || ediffg >= 0 || last === undefined) return null
  if (!isRelaxation(settings)) return null
  const small = maxForce(last.forces!, mobility) <= -ediffg
  // Without a mask a large force may sit on a frozen ion.
  return small || mobility !== undefined ? small : null
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
