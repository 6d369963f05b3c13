import { createNumberCursor, fillNumbers, pointAt } from '../text/number.ts'
import type { RowReader, Section } from './line.ts'

/** `position of ions in cartesian coordinates (Angst)`, printed once at the start: [ion][xyz] flat, Å. */
export function initialPositionsSection(): Section & { result(): Float64Array | undefined } {
  const cursor = createNumberCursor()
  const row = new Float64Array(3)
  let positions: number[] = []

  function rows(): RowReader {
    positions = []
    return (line) => {
      if (fillNumbers(pointAt(cursor, line.bytes, line.first, line.end), row, 0, 3) < 3) return false
      positions.push(row[0]!, row[1]!, row[2]!)
      return true
    }
  }

  return {
    result: () => (positions.length === 0 ? undefined : Float64Array.from(positions)),
    markers: { 'position of ions in cartesian coordinates': rows },
  }
}
