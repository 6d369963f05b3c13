import { join } from 'node:path'
import { isKnownError } from '../../base/known-error.ts'
import type { IonicStep, Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'
import type { RunFiles } from '../results/run-files.ts'
import { attemptPlaces, type ScreenRun } from '../results/screen-runs.ts'
import { NothingToExportError, RehearsalExportError } from './export-errors.ts'
import { trainingFrameText } from './extxyz-frame.ts'
import { setConsistency } from './set-consistency.ts'

export interface ExtxyzExport {
  readonly screenName: string
  readonly runs: readonly ScreenRun[]
  readonly files: RunFiles
  readonly allowRehearsal: boolean
  /** By calculation: why its energies do not compare with the rest of its step. */
  readonly marks: ReadonlyMap<string, readonly string[]>
  /** Candidates that only set chemical potentials: their smearing may differ. */
  readonly references?: ReadonlySet<string>
}

/** One file of frames. */
export interface ExtxyzFile {
  readonly path: string
  readonly frames: number
  /** Frames with the key `comparability`: energies that mean something else than those of the other frames. */
  readonly marked: number
  /** How the runs of the file differ; empty for a set that one potential may learn from. */
  readonly warnings: readonly string[]
}

/**
 * Every ionic step of every attempt with energy, forces and converged electrons; one file a step of the screen, because their functionals differ.
 *
 * Frames whose energies do not compare with the rest of their file say why in the key `comparability`.
 *
 * @throws RehearsalExportError, NothingToExportError
 */
export async function exportExtxyz(request: ExtxyzExport, folder: string): Promise<readonly ExtxyzFile[]> {
  const { screenName, runs, allowRehearsal } = request
  const finished = runs.filter(({ result, calculation }) => result !== undefined && calculation.state === 'done')
  const isRehearsal = finished.some(({ result }) => result?.method === 'rehearsal')
  if (!allowRehearsal && isRehearsal) throw new RehearsalExportError(screenName)
  const written: ExtxyzFile[] = []
  for (const step of new Set(finished.map(({ calculation }) => calculation.step))) {
    const path = join(folder, `${screenName}-${step}${isRehearsal ? '-rehearsal' : ''}.extxyz`)
    const file = await writeStep(path, finished.filter(({ calculation }) => calculation.step === step), request)
    if (file !== undefined) written.push(file)
  }
  if (written.length === 0) throw new NothingToExportError(screenName, 'OUTCAR of a finished run', 'Export on the machine that holds the run folders, when runs are done.')
  return written
}

/** Nothing when no run has frames. */
async function writeStep(path: string, runs: readonly ScreenRun[], { files, marks, references }: ExtxyzExport): Promise<ExtxyzFile | undefined> {
  const { marks: bySettings, warnings } = setConsistency(runs, references)
  const frames: string[] = []
  let marked = 0
  for (const run of runs) {
    const { id } = run.calculation
    const comparability = [...(marks.get(id) ?? []), ...(bySettings.get(id) ?? [])].join('; ')
    const own = await framesOf(run, files, comparability === '' ? {} : { comparability })
    frames.push(...own)
    if (comparability !== '') marked += own.length
  }
  if (frames.length === 0) return undefined
  await writeFileWhole(path, frames.join(''))
  return { path, frames: frames.length, marked, warnings }
}

/** Further keys of every frame of a run. */
type RunInfo = Readonly<Record<string, string>>

/** Of all attempts, one behind the other. */
async function framesOf(run: ScreenRun, files: RunFiles, more: RunInfo): Promise<readonly string[]> {
  const frames: string[] = []
  for (const place of attemptPlaces(run).filter(({ attempt }) => attempt >= firstComparable(run))) {
    const outcar = await files.read(place, 'OUTCAR', (chunks) => readOutcar(chunks, { keepSteps: 'all' }).catch(unlessKnown))
    frames.push(...(outcar?.ionicSteps.flatMap((step, index) => frameText(run, outcar, step, { index, attempt: place.attempt, more })) ?? []))
  }
  return frames
}

/** Before a correction that changes what the energy means, the frames would not belong with the others. */
function firstComparable({ attempts }: ScreenRun): number {
  return attempts.findLast(({ corrections }) => corrections.some((each) => each.class === 'comparability'))?.attempt ?? 1
}

/** Nothing for a step that lacks energy or forces, or whose electrons did not converge. */
function frameText({ calculation, result }: ScreenRun, outcar: Outcar, step: IonicStep, at: { readonly index: number; readonly attempt: number; readonly more: RunInfo }): readonly string[] {
  const { energySigmaToZeroEv, totenEv, forcesEvPerAngstrom, positionsCartesianAngstrom, latticeAngstrom } = step
  const structure = result?.structure
  if (structure === undefined || step.electronicConverged === false) return []
  if (energySigmaToZeroEv === undefined || totenEv === undefined || forcesEvPerAngstrom === undefined || positionsCartesianAngstrom === undefined) return []
  if (forcesEvPerAngstrom.length !== 3 * structure.sites.length) return []
  const frame = {
    elements: structure.sites.map(({ element }) => element),
    latticeAngstrom: latticeAngstrom ?? structure.lattice.flat(),
    positionsAngstrom: positionsCartesianAngstrom,
    forcesEvPerAngstrom,
    energyEv: energySigmaToZeroEv,
    freeEnergyEv: totenEv,
    info: {
      calculation: calculation.id,
      attempt: at.attempt,
      ionic_step: at.index + 1,
      functional: calculation.plan.functional,
      config_type: calculation.candidateId,
      ...(outcar.method === 'rehearsal' ? { rehearsal: true } : {}),
      ...at.more,
    },
  }
  return [trainingFrameText(frame)]
}

function unlessKnown(error: unknown): undefined {
  if (!isKnownError(error)) throw error
  return undefined
}
