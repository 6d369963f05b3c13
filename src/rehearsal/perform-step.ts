import type { RehearsalOptions } from './environment.ts'
import type { Fault } from './faults/fault.ts'
import { strike } from './faults/strike.ts'
import { contcarText } from './output/contcar.ts'
import { oszicarHeading, oszicarLine, oszicarLoop, oszicarStep } from './output/oszicar.ts'
import {
  outcarIteration,
  outcarLoop,
  outcarLoopEnd,
  outcarStep,
  outcarStepEnd,
  reachedAccuracyLine,
  unconvergedAdvice,
} from './output/outcar-step.ts'
import type { OutputFiles } from './output/output-files.ts'
import { vasprunStep } from './output/vasprun-step.ts'
import { warningBox } from './output/box.ts'
import { xdatcarStep } from './output/xdatcar.ts'
import type { IonicStep } from './relax.ts'
import type { RunContext } from './run-context.ts'
import type { RunWorld } from './run-world.ts'
import { selfConsistency, type SelfConsistency } from './self-consistency.ts'
import { stopLine, stopRequest, type StopRequest } from './stopcar.ts'

export interface StepWorld {
  readonly world: RunWorld
  readonly files: OutputFiles
  readonly context: RunContext
  readonly options: RehearsalOptions
  readonly fault: Fault | undefined
}

/** How often a pause looks for a STOPCAR, in milliseconds. */
const lookEveryMs = 200

/**
 * Writes one ionic step in VASP's order: electronic loop, pause, forces and energy, CONTCAR.
 *
 * @returns true when the run shall end after it
 * @throws RunCutOff when a failure that was asked for strikes in this step
 */
export async function performStep(parts: StepWorld, relaxed: IonicStep): Promise<boolean> {
  const { world, files, context } = parts
  const startedAt = world.now()
  const fault = strikesAt(relaxed, parts.fault) ? parts.fault : undefined
  const step = fault?.kind === 'diverging' ? diverged(relaxed) : relaxed
  const loop = selfConsistency(step.energyEv, step.number === 1, context.inputs.settings, neverConverges(fault))
  if (fault?.kind === 'hang') await hang(parts)
  if (fault && cutsLoop(fault)) cutWithinLoop(parts, step, loop, fault)
  const isAborted = await performLoop(parts, step, loop)
  if (fault?.message?.when === 'loop') world.stdout(fault.message.lines.join('\n') + '\n')
  if (fault?.kind === 'killed-mid-step') cutWithinForces(parts, step, fault)
  const isStopped = !isAborted && stopSeen(parts) !== undefined
  if (isStopped) say(parts, stopLine('LSTOP'))
  files.outcar(outcarStep(context, step))
  writeStep(parts, step, loop, (world.now() - startedAt) / 1000)
  if (fault?.message?.when === 'ions') complain(parts, fault)
  if (fault?.kind === 'broken-contcar') cutContcar(parts, step, fault)
  const isLast = isAborted || isStopped || relaxed.reachedAccuracy || step.number >= context.inputs.settings.NSW
  if (isLast && !isAborted && !isStopped) await outliveLastStep(parts, fault)
  return isLast
}

/** Runs that lead nowhere would go on for days: they are there long enough to be seen and stopped where a pause was asked for. */
async function outliveLastStep(parts: StepWorld, fault: Fault | undefined): Promise<void> {
  if (fault?.kind === 'stopcar-ignored') return hang(parts)
  if (parts.options.secondsPerStep === 0 || (fault?.kind !== 'scf-not-converged' && fault?.kind !== 'diverging')) return
  for (let i = 0; i < longestHangSeconds && stopSeen(parts) === undefined; i++) await parts.world.pause(1000)
  const stop = stopSeen(parts)
  if (stop !== undefined) say(parts, stopLine(stop))
}

function neverConverges(fault: Fault | undefined): boolean {
  return fault?.kind === 'scf-not-converged' || fault?.kind === 'stopcar-ignored'
}

/** Electrons that went astray: energies above zero that grow, and an end that never comes. */
function diverged(step: IonicStep): IonicStep {
  return { ...step, energyEv: Math.abs(step.energyEv) * step.number, reachedAccuracy: false }
}

function stopSeen({ world, fault }: StepWorld): StopRequest | undefined {
  return fault?.kind === 'stopcar-ignored' ? undefined : stopRequest(world.folder)
}

// A run that converges before the fault's step fails in its last one.
function strikesAt(step: IonicStep, fault: Fault | undefined): boolean {
  if (fault === undefined) return false
  return (
    ['scf-not-converged', 'stopcar-ignored'].includes(fault.kind) ||
    (fault.kind === 'diverging' && step.number >= fault.step) ||
    step.number === fault.step ||
    (step.reachedAccuracy && step.number < fault.step)
  )
}

function cutsLoop(fault: Fault): boolean {
  if (fault.kind === 'message') return fault.message?.when === 'loop' && fault.message.isFatal
  return !['killed-mid-step', 'scf-not-converged', 'stopcar-ignored', 'diverging', 'spin-flip', 'broken-contcar'].includes(fault.kind)
}

// Half of the electronic loop is on disk, the last line of it unfinished.
function cutWithinLoop(parts: StepWorld, step: IonicStep, loop: SelfConsistency, fault: Fault): void {
  const half = { ...loop, steps: loop.steps.slice(0, Math.ceil(loop.steps.length / 2)) }
  const text = outcarLoop(parts.context, step, half)
  parts.files.outcar(text.slice(0, text.lastIndexOf('free energy')))
  const lines = oszicarLoop(half)
  parts.files.oszicar(lines)
  parts.world.stdout(lines)
  if (fault.kind === 'message') complain(parts, fault)
  strike(fault, parts.world)
}

/** The lines of an electronic loop, with the pause that was asked for spread over them. True when LABORT ended it. */
async function performLoop(parts: StepWorld, step: IonicStep, loop: SelfConsistency): Promise<boolean> {
  const { world, files, context, options } = parts
  const seconds = options.secondsPerStep / loop.steps.length
  print(parts, oszicarHeading)
  for (const electronic of loop.steps) {
    const startedAt = world.now()
    await pause(parts, seconds)
    print(parts, oszicarLine(electronic))
    files.outcar(outcarIteration(context, step.number, electronic, (world.now() - startedAt) / 1000))
    if (stopSeen(parts) !== 'LABORT') continue
    say(parts, stopLine('LABORT'))
    return true
  }
  files.outcar(outcarLoopEnd(loop))
  if (!loop.isConverged) world.stdout(warningBox(unconvergedAdvice))
  return false
}

function print({ world, files }: StepWorld, lines: string): void {
  files.oszicar(lines)
  world.stdout(lines)
}

function writeStep(
  { world, files, context }: StepWorld,
  step: IonicStep,
  loop: SelfConsistency,
  seconds: number,
): void {
  const { structure } = context.inputs
  const line = oszicarStep(context, step)
  files.oszicar(line)
  world.stdout(line)
  files.vasprun(vasprunStep(context, step, loop, seconds))
  files.xdatcar(xdatcarStep(structure, step))
  files.replace('CONTCAR', contcarText(structure, step.positions))
  files.outcar(outcarStepEnd(step, seconds))
  if (step.reachedAccuracy) world.stdout(`${reachedAccuracyLine}\n`)
}

function cutWithinForces({ world, files, context }: StepWorld, step: IonicStep, fault: Fault): never {
  const text = outcarStep(context, step)
  const table = text.indexOf('TOTAL-FORCE')
  files.outcar(text.slice(0, table + Math.floor((text.indexOf('total drift') - table) / 2)))
  return strike(fault, world)
}

/** Killed while CONTCAR was written: half of it is there. */
function cutContcar({ world, files, context }: StepWorld, step: IonicStep, fault: Fault): never {
  const text = contcarText(context.inputs.structure, step.positions)
  files.replace('CONTCAR', text.slice(0, Math.floor(text.length / 2)))
  return strike(fault, world)
}

/** Nothing is written any more, and a STOPCAR is not seen, until the process is ended from outside. */
async function hang({ world }: StepWorld): Promise<void> {
  for (let i = 0; i < longestHangSeconds; i++) await world.pause(1000)
}

const longestHangSeconds = 600

function complain(parts: StepWorld, fault: Fault): void {
  parts.world.stdout(fault.message!.lines.join('\n') + '\n')
  if (fault.message!.isFatal) strike(fault, parts.world)
}

function say({ world, files }: StepWorld, line: string): void {
  files.outcar(line)
  world.stdout(line)
}

async function pause(parts: StepWorld, seconds: number): Promise<void> {
  const { world } = parts
  const until = world.now() + seconds * 1000
  for (let left = until - world.now(); left > 0; left = until - world.now()) {
    if (stopSeen(parts) === 'LABORT') return
    await world.pause(Math.min(left, lookEveryMs))
  }
}
