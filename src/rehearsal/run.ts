import { readInputs, type Inputs } from './input/read-inputs.ts'
import { InputRefusedError } from './input/input-refused.ts'
import { gridShape } from './density/grid-shape.ts'
import { writeDensities } from './density/write-densities.ts'
import { rehearsalOptions, type RehearsalOptions } from './environment.ts'
import type { Fault } from './faults/fault.ts'
import { strike } from './faults/strike.ts'
import { assignDimers } from './model/dimers.ts'
import { assignIons } from './model/assign-ions.ts'
import { elementModel, isElement, neutralAtoms } from './model/elements.ts'
import { energyModel } from './model/energy-model.ts'
import { flatPositions } from './model/image-distance.ts'
import { finalMoments } from './moments.ts'
import { contcarText } from './output/contcar.ts'
import { openOutputFiles, type OutputFiles } from './output/output-files.ts'
import { outcarEnd } from './output/outcar-end.ts'
import { outcarHead } from './output/outcar-head.ts'
import { vasprunHead } from './output/vasprun-head.ts'
import { vasprunEnd } from './output/vasprun-step.ts'
import { xdatcarHead } from './output/xdatcar.ts'
import { greeting } from './output/greeting.ts'
import { relax, type IonicStep } from './relax.ts'
import { confession, type RunContext } from './run-context.ts'
import { performStep, type StepWorld } from './perform-step.ts'
import type { RunWorld } from './run-world.ts'

/**
 * One run of the stand-in in a folder, from its inputs to its last file.
 *
 * @throws InputRefusedError and other known errors before any output file is written
 * @throws RunCutOff when a failure that was asked for strikes
 */
export async function run(world: RunWorld): Promise<void> {
  const startedAt = world.now()
  const options = rehearsalOptions(world.environment, world.folder)
  if (options.fault?.kind === 'missing-potcar') throw missingPotcar()
  const inputs = readInputs(world.folder)
  const context = contextOf(inputs, options)
  const files = openOutputFiles(world.folder)
  try {
    writeHeads(files, context, world, startedAt)
    const fault = activeFault(options, inputs)
    if (fault?.message?.when === 'start') announce(fault, world)
    if (fault?.kind === 'segfault-at-start') strike(fault, world)
    const last = await walk({ world, files, context, options, fault })
    finish(files, context, world, last, startedAt)
  } finally {
    files.close()
  }
}

/** NGXF in the INCAR asks for a finer grid than usual; its own size would take minutes. */
const finerGrid = 1.5

function contextOf(inputs: Inputs, options: RehearsalOptions): RunContext {
  const assigned = isElement(inputs.structure)
    ? neutralAtoms(inputs.structure)
    : assignIons(inputs.structure, inputs.settings.MAGMOM)
  const { ions, dimers } = options.dimers
    ? assignDimers(inputs.structure, assigned)
    : { ions: assigned, dimers: [] }
  const spacing = options.gridSpacingAngstrom / (inputs.incar.some(({ tag }) => tag === 'NGXF') ? finerGrid : 1)
  const isPolarized = inputs.settings.ISPIN === 2
  return {
    inputs,
    ions,
    dimers,
    momentsMuB: isPolarized ? momentsOf(ions, inputs, options) : new Float64Array(ions.length),
    gridShape: gridShape(inputs.structure.lattice, spacing),
  }
}

/** A run that falls into another order turns its first local moment round. */
function momentsOf(ions: Parameters<typeof finalMoments>[0], inputs: Inputs, { fault }: RehearsalOptions): Float64Array {
  const moments = finalMoments(ions, inputs.settings.MAGMOM)
  const first = moments.findIndex((moment) => Math.abs(moment) > 1)
  return fault?.kind === 'spin-flip' ? moments.map((moment, i) => (i === first ? -moment : moment)) : moments
}

async function walk(parts: StepWorld): Promise<IonicStep> {
  const { inputs, ions, dimers } = parts.context
  const { NSW, EDIFFG } = inputs.settings
  const model = isElement(inputs.structure)
    ? elementModel(ions.length)
    : energyModel(inputs.structure.lattice, ions, dimers)
  const mobile = Uint8Array.from(
    inputs.structure.sites.flatMap((site) => site.mobile ?? [true, true, true]),
    Number,
  )
  let last: IonicStep | undefined
  for (const step of relax(model, flatPositions(inputs.structure), { NSW, EDIFFG, mobile })) {
    last = step
    if (await performStep(parts, step)) break
  }
  return last!
}

function writeHeads(files: OutputFiles, context: RunContext, world: RunWorld, startedAt: number): void {
  const date = new Date(startedAt)
  files.outcar(outcarHead(context, date))
  files.vasprun(vasprunHead(context, date))
  files.xdatcar(xdatcarHead(context))
  world.stdout(greeting(context))
}

function finish(
  files: OutputFiles,
  context: RunContext,
  world: RunWorld,
  last: IonicStep,
  startedAt: number,
): void {
  const { inputs } = context
  files.replace('CONTCAR', contcarText(inputs.structure, last.positions))
  writeDensities(world.folder, context, last.positions)
  if (inputs.settings.flags.LWAVE) {
    files.replace(
      'WAVECAR',
      `This is a marker, not a WAVECAR: the run had no wave functions.\n${confession(context).join('\n')}\n`,
    )
    world.stdout(' writing wavefunctions\n')
  }
  files.vasprun(vasprunEnd(context, last.positions))
  const elapsedSeconds = (world.now() - startedAt) / 1000
  const memoryKilobytes = process.memoryUsage().rss / 1024
  files.outcar(
    outcarEnd(context, { cpuSeconds: process.cpuUsage().user / 1e6, elapsedSeconds, memoryKilobytes }),
  )
}

function activeFault({ fault, faultUntil }: RehearsalOptions, inputs: Inputs): Fault | undefined {
  if (fault === undefined) return undefined
  const value = inputs.incar.find(({ tag }) => tag === faultUntil?.tag)?.value
  if (faultUntil && value !== undefined && String(value).toLowerCase() === faultUntil.value.toLowerCase())
    return undefined
  // A run that is shorter than the fault's step fails in its last one.
  return { ...fault, step: Math.max(1, Math.min(fault.step, inputs.settings.NSW)) }
}

function announce(fault: Fault, world: RunWorld): void {
  world.stdout(fault.message!.lines.join('\n') + '\n')
  if (fault.message!.isFatal) strike(fault, world)
}

function missingPotcar(): InputRefusedError {
  return new InputRefusedError(
    'ERROR: there is no POTCAR (and no POTCAR.spec) in this folder, STOPPING',
    'This failure was asked for by DOPANT_REHEARSAL_FAIL: unset it.',
  )
}
