import { createNumberCursor, fillNumbers, pointAt } from '../text/number.ts'
import { finite, numberAfter, type RowReader, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

export interface LatticeSection extends Section {
  /** Rows a, b, c in Å of the last lattice that was printed whole. */
  latest(): Float64Array | undefined
}

/** The direct lattice, printed at the start and in every ionic step. */
export function latticeSection(timeline: Timeline): LatticeSection {
  const cursor = createNumberCursor()
  const row = new Float64Array(3)
  let latest: Float64Array | undefined

  function rows(): RowReader {
    const vectors = new Float64Array(9)
    let count = 0
    return (line) => {
      if (fillNumbers(pointAt(cursor, line.bytes, line.first, line.end), row, 0, 3) < 3) return false
      vectors.set(row, 3 * count)
      count++
      if (count < 3) return true
      latest = vectors
      return false
    }
  }

  return {
    latest: () => latest,
    markers: {
      'direct lattice vectors': rows,
      'volume of cell': (line) => {
        timeline.current().volumeAngstrom3 = finite(numberAfter(line))
      },
    },
  }
}
