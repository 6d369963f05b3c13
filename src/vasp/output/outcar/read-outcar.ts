import { KnownError } from '../../../base/known-error.ts'
import { createLineScanner, pushAll, type Chunks } from '../text/chunks.ts'
import { assembleOutcar } from './assemble.ts'
import { createDispatcher } from './dispatcher.ts'
import type { Mobility } from './forces.ts'
import type { Outcar } from './outcar.ts'
import { createSections, type Sections } from './sections.ts'
import { createTimeline, isStarted, type Timeline } from './timeline.ts'

export interface OutcarOptions {
  /** Selective dynamics of the POSCAR, [ion][xyz], so that frozen components do not count as forces. */
  readonly mobile?: Mobility
  /** `energies` (default): scalars of every step, arrays of the last. `all`: forces, positions and lattice of every step. */
  readonly keepSteps?: 'all' | 'energies'
}

export interface OutcarReader {
  readonly push: (chunk: Uint8Array) => void
  /** @throws NotAnOutcarError when nothing in the file is an OUTCAR's */
  readonly finish: () => Outcar
}

/** Nothing in the file is known from an OUTCAR: another kind of file, or an empty one. */
export class NotAnOutcarError extends KnownError {
  readonly code = 'NOT_AN_OUTCAR'
  readonly remedy = 'Check that the file is an OUTCAR and is not empty; give another kind with --kind.'
  readonly linesRead: number

  constructor(linesRead: number) {
    const found = linesRead === 0 ? 'The OUTCAR is empty' : `No line of an OUTCAR within ${linesRead} lines`
    super(`${found}: line 1 should name the version, " vasp.…".`)
    this.linesRead = linesRead
  }
}

/**
 * Reads an OUTCAR of VASP 4.6 to 6.x in one pass, in memory that grows with the number of ionic steps but not with the
 * size of the file.
 *
 * A file that ends early or is damaged gives what could be read, and `runState` says so.
 *
 * @throws NotAnOutcarError when nothing in it is an OUTCAR's
 */
export async function readOutcar(chunks: Chunks, options: OutcarOptions = {}): Promise<Outcar> {
  const reader = createOutcarReader(options)
  await pushAll(chunks, reader.push)
  return reader.finish()
}

/** The same for content that is pushed piece by piece. */
export function createOutcarReader(options: OutcarOptions = {}): OutcarReader {
  const timeline = createTimeline(options.keepSteps === 'all')
  const sections = createSections(timeline, () => scanner.lineNumber)
  const { sink, filter } = createDispatcher(Object.values(sections))
  const scanner = createLineScanner(sink, filter)

  function finish(): Outcar {
    scanner.finish()
    if (isForeign(sections, timeline)) throw new NotAnOutcarError(scanner.lineNumber)
    return assembleOutcar(sections, timeline, options, scanner.lineNumber)
  }

  return { push: scanner.push, finish }
}

function isForeign(sections: Sections, timeline: Timeline): boolean {
  const { species } = sections.species.result()
  const { settings } = sections.settings.result()
  const hasSteps = timeline.dft.some(isStarted) || timeline.machineLearned.some(isStarted)
  const hasFrame = sections.header.result().build !== undefined || sections.timing.result().hasTimingBlock
  return !hasFrame && !hasSteps && species.length === 0 && Object.keys(settings).length === 0
}
