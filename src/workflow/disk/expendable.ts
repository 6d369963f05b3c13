import type { CalculationState } from '../calculation-state.ts'
import { goesByItself, largeFiles, type Keep, type LargeFile } from './large-files.ts'

/** What must be known of a calculation to say which of its files nobody needs. */
export interface DiskHolder {
  readonly id: string
  readonly state: CalculationState
  readonly isStatic: boolean
  readonly keep: Keep
  /** Are its Bader charges in the store? */
  readonly hasCharges: boolean
  /** Is the planar average of its LOCPOT in the store? */
  readonly hasPlanarPotential: boolean
  /** States of everything that starts from it, in all screens. */
  readonly dependents: readonly CalculationState[]
}

/** `engine` removes what goes by itself; `person` asked for everything that can be spared. */
export type Cleaner = 'engine' | 'person'

/**
 * The large files of the last attempt that nothing needs any more; none unless the calculation is done.
 *
 * Orbitals wait for every calculation that starts from them, whatever its state is: one that failed may be tried again.
 * Densities of a static run wait for its charges, its potential for the planar average.
 */
export function expendableFiles(holder: DiskHolder, cleaner: Cleaner): readonly LargeFile[] {
  const { state, keep, dependents } = holder
  if (state !== 'done') return []
  return largeFiles.filter((file) => {
    if (!(cleaner === 'engine' ? goesByItself(file, keep) : mayGo(file, keep))) return false
    if (file === 'LOCPOT' && cleaner === 'engine') return !holder.isStatic || holder.hasPlanarPotential
    if (file !== 'WAVECAR') return !holder.isStatic || holder.hasCharges
    const isAwaited = dependents.some((each) => each !== 'done')
    // The orbitals of a last step are left to a person: a screen may be given another step.
    return !isAwaited && (cleaner === 'person' || dependents.length > 0)
  })
}

function mayGo(file: LargeFile, keep: Keep): boolean {
  return keep !== 'all' && !(keep ?? []).includes(file)
}
