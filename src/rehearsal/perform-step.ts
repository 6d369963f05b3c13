import type { RehearsalOptions } from './environment.ts'
import type { Fault } from './faults/fault.ts'
import { strike } from './faults/strike.ts'
import { contcarText } from './output/contcar.ts'
import { oszicarLoop, oszicarStep } from './output/oszicar.ts'
import { outcarLoop, outcarStep, outcarStepEnd, reachedAccuracyLine, unconvergedAdvice } from './output/outcar-step.ts'
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
 */
export async function performStep(parts: StepWorld, step: IonicStep): Promise<boolean> {
  const { world, files, context } = parts
  const startedAt = world.now()
  const fault = parts.fault?.step === step.number || parts.fault?.kind === 'scf-not-converged' ? parts.fault : undefined
  const loop = selfConsistency(step.energyEv, step.number === 1, context.inputs.settings, fault?.kind === 'scf-not-converged')
  writeLoop(parts, step, loop, fault)
  await pause(parts)
  if (fault?.kind === 'killed-mid-step') cutWithinForces(parts, step, fault)
  const stop = stopRequest(world.folder)
  if (stop) say(parts, stopLine(stop))
  files.outcar(outcarStep(context, step))
  const seconds = (world.now() - startedAt) / 1000
  writeStep(parts, step, loop, seconds)
  if (fault?.message?.when === 'ions') complain(parts, fault)
  return ends(parts, step, stop)
}

function writeLoop({ world, files, context }: StepWorld, step: IonicStep, loop: SelfConsistency, fault: Fault | undefined): void {
  const kind = fault?.kind
  const isCut = kind === 'walltime' || kind === 'segfault' || kind === 'out-of-memory' || kind === 'disk-full'
  const isBroken = fault?.message?.when === 'loop'
  const shown = isCut || isBroken ? { ...loop, steps: loop.steps.slice(0, Math.ceil(loop.steps.length / 2)) } : loop
  const lines = oszicarLoop(shown)
  files.oszicar(lines)
  world.stdout(lines)
  const text = outcarLoop(context, step, shown)
  if (isCut) {
    files.outcar(text.slice(0, text.lastIndexOf('free energy')))
    strike(fault!, world)
  }
  if (isBroken && fault.message!.isFatal) files.outcar(text.slice(0, text.lastIndexOf('-'.repeat(24))))
  else files.outcar(outcarLoop(context, step, loop))
  if (isBroken) complain({ world, files, context } as StepWorld, fault)
  if (!loop.isConverged) world.stdout(warningBox(unconvergedAdvice))
}

function writeStep({ world, files, context }: StepWorld, step: IonicStep, loop: SelfConsistency, seconds: number): void {
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

function complain(parts: StepWorld, fault: Fault): void {
  parts.world.stdout(fault.message!.lines.join('\n') + '\n')
  if (fault.message!.isFatal) strike(fault, parts.world)
}

function ends({ context }: StepWorld, step: IonicStep, stop: StopRequest | undefined): boolean {
  return stop !== undefined || step.reachedAccuracy || step.number >= context.inputs.settings.NSW
}

function say({ world, files }: StepWorld, line: string): void {
  files.outcar(line)
  world.stdout(line)
}

async function pause({ world, options }: StepWorld): Promise<void> {
  const until = world.now() + options.secondsPerStep * 1000
  for (let left = until - world.now(); left > 0; left = until - world.now()) {
    if (stopRequest(world.folder) === 'LABORT') return
    await world.pause(Math.min(left, lookEveryMs))
  }
}
