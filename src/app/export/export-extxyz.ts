import { join } from 'node:path'
import { isKnownError } from '../../base/known-error.ts'
import type { IonicStep, Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'
import type { RunFiles } from '../results/run-files.ts'
import { attemptPlaces, type ScreenRun } from '../results/screen-runs.ts'
import { NothingToExportError, RehearsalExportError } from './export-errors.ts'
import { trainingFrameText } from './extxyz-frame.ts'

export interface ExtxyzExport {
  readonly screenName: string
  readonly runs: readonly ScreenRun[]
  readonly files: RunFiles
  readonly allowRehearsal: boolean
}

/**
 * Every ionic step of every attempt with energy, forces and converged electrons; one file a step of the screen, because their functionals differ.
 *
 * @returns paths with the number of frames
 * @throws RehearsalExportError, NothingToExportError
 */
export async function exportExtxyz({ screenName, runs, files, allowRehearsal }: ExtxyzExport, folder: string): Promise<ReadonlyMap<string, number>> {
  const finished = runs.filter(({ result, calculation }) => result !== undefined && calculation.state === 'done')
  if (!allowRehearsal && finished.some(({ result }) => result?.method === 'rehearsal')) throw new RehearsalExportError(screenName)
  const written = new Map<string, number>()
  for (const step of new Set(finished.map(({ calculation }) => calculation.step))) {
    const frames: string[] = []
    for (const run of finished.filter(({ calculation }) => calculation.step === step)) frames.push(...(await framesOf(run, files)))
    if (frames.length === 0) continue
    const mark = finished.some(({ result }) => result?.method === 'rehearsal') ? '-rehearsal' : ''
    const path = join(folder, `${screenName}-${step}${mark}.extxyz`)
    await writeFileWhole(path, frames.join(''))
    written.set(path, frames.length)
  }
  if (written.size === 0) throw new NothingToExportError(screenName, 'OUTCAR of a finished run', 'Export on the machine that holds the run folders, when runs are done.')
  return written
}

/** Of all attempts, one behind the other. */
async function framesOf(run: ScreenRun, files: RunFiles): Promise<readonly string[]> {
  const frames: string[] = []
  for (const place of attemptPlaces(run).filter(({ attempt }) => attempt >= firstComparable(run))) {
    const outcar = await files.read(place, 'OUTCAR', (chunks) => readOutcar(chunks, { keepSteps: 'all' }).catch(unlessKnown))
    frames.push(...(outcar?.ionicSteps.flatMap((step, index) => frameText(run, outcar, step, { index, attempt: place.attempt })) ?? []))
  }
  return frames
}

/** Before a correction that changes what the energy means, the frames would not belong with the others. */
function firstComparable({ attempts }: ScreenRun): number {
  return attempts.findLast(({ corrections }) => corrections.some((each) => each.class === 'comparability'))?.attempt ?? 1
}

/** Nothing for a step that lacks energy or forces, or whose electrons did not converge. */
function frameText({ calculation, result }: ScreenRun, outcar: Outcar, step: IonicStep, at: { readonly index: number; readonly attempt: number }): readonly string[] {
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
    },
  }
  return [trainingFrameText(frame)]
}

function unlessKnown(error: unknown): undefined {
  if (!isKnownError(error)) throw error
  return undefined
}
