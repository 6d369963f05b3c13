import type { PlannedCalculation } from '../planned-calculation.ts'
import { stepKindOf } from '../planned-calculation.ts'
import type { Structure } from '../../structure/structure.ts'
import { goesByItself, type LargeFile } from './large-files.ts'
import { runSize, totalBytes, type RunSize } from './run-size.ts'

/** Everything of a run that is not large: OUTCAR, vasprun.xml, OSZICAR and the like. */
const smallBytesPerAtomStep = 800

export interface DiskEstimate {
  readonly calculations: readonly { readonly id: string; readonly bytes: number }[]
  /** Written altogether. */
  readonly writtenBytes: number
  /** The most that lies there at once: all orbitals that wait for their next step, and grids of the jobs that run. */
  readonly peakBytes: number
  /** What stays when everything is done. */
  readonly keptBytes: number
}

/**
 * Disk that a screen takes on its site.
 *
 * @param jobsAtOnce  of the site: so many sets of grids exist before their charges are there
 */
export function diskEstimate(calculations: readonly PlannedCalculation[], jobsAtOnce: number): DiskEstimate {
  const byId = new Map(calculations.map((each) => [each.id, each]))
  const awaited = new Set(calculations.flatMap(({ dependsOn }) => dependsOn))
  const sizes = calculations.map((each) => sizeOf(each, byId, awaited))
  const transient = sizes.filter(({ isAwaited }) => !isAwaited).map(({ written, kept }) => written - kept)
  const running = transient.sort((a, b) => b - a).slice(0, jobsAtOnce)
  const orbitals = sizes.filter(({ isAwaited }) => isAwaited).map(({ written, kept }) => written - kept)
  const keptBytes = sum(sizes.map(({ kept }) => kept))
  return {
    calculations: sizes.map(({ id, written }) => ({ id, bytes: written })),
    writtenBytes: sum(sizes.map(({ written }) => written)),
    peakBytes: keptBytes + sum(orbitals) + sum(running),
    keptBytes,
  }
}

interface Size {
  readonly id: string
  readonly written: number
  readonly kept: number
  readonly isAwaited: boolean
}

function sizeOf(calculation: PlannedCalculation, byId: ReadonlyMap<string, PlannedCalculation>, awaited: ReadonlySet<string>): Size {
  const { id, settings, keep } = calculation
  const structure = shapeOf(calculation, byId)
  const isAwaited = awaited.has(id)
  const small = smallBytesPerAtomStep * (structure?.atomCount ?? 0) * smallSteps(calculation)
  const large: RunSize = structure === undefined ? {} : runSize({
    ...structure,
    kind: stepKindOf(calculation),
    electronCount: calculation.electronCount,
    kMesh: calculation.kMesh,
    encutEv: settings.encutEv,
    ispin: settings.ispin === 1 ? 1 : 2,
    isym: settings.isym,
  })
  // Nothing waits for the orbitals of a last step: they lie there until a person clears them.
  const stays = (file: LargeFile) => !goesByItself(file, keep) || (file === 'WAVECAR' && !isAwaited)
  return { id, written: small + totalBytes(large), kept: small + totalBytes(large, stays), isAwaited }
}

/** A relaxation takes some forty steps, each with its table of forces in OUTCAR and vasprun.xml. */
function smallSteps(calculation: PlannedCalculation): number {
  return stepKindOf(calculation) === 'relax' ? 40 : 10
}

function shapeOf({ start }: PlannedCalculation, byId: ReadonlyMap<string, PlannedCalculation>): { lattice: Structure['lattice']; atomCount: number } | undefined {
  if (start.kind !== 'relaxed') return { lattice: start.structure.lattice, atomCount: start.structure.sites.length }
  const before = byId.get(start.from)
  const shape = before === undefined ? undefined : shapeOf(before, byId)
  return shape && { ...shape, atomCount: shape.atomCount - start.removedLabels.length }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
