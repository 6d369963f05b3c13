import { norm, type Vector3 } from '../../../base/vector.ts'
import { judgeRunState, type RunState } from '../run-state.ts'
import { numberTag } from './tags.ts'
import type { Tags, VasprunConvergence, VasprunStep, VasprunStructure } from './vasprun-file.ts'

export interface ConvergenceFacts {
  readonly isComplete: boolean
  readonly parameters: Tags
  readonly incar: Tags
  readonly steps: readonly VasprunStep[]
  readonly lastForces: readonly Vector3[] | undefined
  readonly initialStructure: VasprunStructure | undefined
}

// Both energies of a difference are printed with eight decimals.
const roundingEv = 1.01e-8

/** Judged from energies and forces, never from the number of steps alone. */
export function convergenceOf(facts: ConvergenceFacts): VasprunConvergence {
  const judged = facts.steps.map((step) => electronicOf(step, facts))
  return {
    electronic: judged.at(-1) ?? null,
    ionic: ionicOf(facts),
    earlierElectronicMisses: judged.slice(0, -1).filter((converged) => converged === false).length,
  }
}

export function runStateOf(facts: ConvergenceFacts, converged: VasprunConvergence): RunState {
  const hasSteps = facts.steps.some((step) => step.scfSteps > 0 || step.totenEv !== undefined)
  return judgeRunState({ hasTimingBlock: facts.isComplete, hasSteps, stopped: false, ...converged })
}

// VASP also asks the eigenvalues to settle, which the file does not tell; it stops before NELM only when both did.
function electronicOf(step: VasprunStep, facts: ConvergenceFacts): boolean | null {
  const most = setting(facts, 'NELM')
  const limitEv = setting(facts, 'EDIFF')
  if (step.scfSteps === 0 || most === undefined) return null
  if (step.scfSteps < most) return step.totenEv !== undefined
  if (step.lastEnergyChangeEv === undefined || limitEv === undefined) return most === 1 ? null : false
  // More steps than NELM: loops of linear response follow the SCF loop, and nothing tells where it ended.
  if (step.scfSteps > most) return null
  return Math.abs(step.lastEnergyChangeEv) <= limitEv + roundingEv
}

/** IBRION 1, 2 and 3 relax; 0 is molecular dynamics, 5 to 8 are derivatives, 44 follows a dimer. */
function ionicOf(facts: ConvergenceFacts): boolean | null {
  const relaxes = [1, 2, 3].includes(setting(facts, 'IBRION') ?? -1) && (setting(facts, 'NSW') ?? 0) > 0
  const limit = setting(facts, 'EDIFFG')
  if (!relaxes || limit === undefined) return null
  return limit < 0 ? forcesBelow(facts, -limit) : energyChangeBelow(facts, limit)
}

function forcesBelow(facts: ConvergenceFacts, limit: number): boolean | null {
  if (facts.lastForces === undefined || facts.lastForces.length === 0) return null
  const mobile = facts.initialStructure?.mobile
  return facts.lastForces.every((force, ion) => norm(freePart(force, mobile?.[ion])) <= limit)
}

function freePart(force: Vector3, mobile: readonly [boolean, boolean, boolean] | undefined): Vector3 {
  if (mobile === undefined) return force
  return [mobile[0] ? force[0] : 0, mobile[1] ? force[1] : 0, mobile[2] ? force[2] : 0]
}

// With EDIFFG > 0 VASP compares with the energy that its line search expects, so a larger printed change proves nothing;
// only a run that used up NSW is certainly unconverged.
function energyChangeBelow(facts: ConvergenceFacts, limitEv: number): boolean | null {
  const [last, before] = [facts.steps.at(-1)?.totenEv, facts.steps.at(-2)?.totenEv]
  if (last !== undefined && before !== undefined && Math.abs(last - before) <= limitEv + roundingEv)
    return true
  return facts.steps.length >= (setting(facts, 'NSW') ?? Infinity) ? false : null
}

function setting(facts: ConvergenceFacts, name: string): number | undefined {
  return numberTag(facts.parameters[name]) ?? numberTag(facts.incar[name])
}
