import { ascii } from '../text/bytes.ts'
import { createNumberCursor, fillNumbers, pointAt } from '../text/number.ts'
import { numberAfterWord, type Line, type RowReader, type Section } from './line.ts'

export interface KPoints {
  /** NKPTS: irreducible points in use. */
  readonly count?: number
  readonly bands?: number
  /** Fractional coordinates in the reciprocal lattice and weight, which sum to 1: [k][a* b* c* weight]. */
  readonly points: readonly (readonly [number, number, number, number])[]
}

const nkpts = ascii('NKPTS =')
const nbands = ascii('NBANDS=')

// More than any run; bounds memory on damaged files.
const mostPoints = 200_000

export function kpointsSection(): Section & { result(): KPoints } {
  const cursor = createNumberCursor()
  const row = new Float64Array(4)
  let count: number | undefined
  let bands: number | undefined
  let generated: number[][] = []
  let listed: number[][] = []

  function rows(into: number[][]): RowReader {
    return (line) => {
      if (into.length === 0 && line.bytes[line.first] === 67) return true // `Coordinates    Weight`
      if (fillNumbers(pointAt(cursor, line.bytes, line.first, line.end), row, 0, 4) < 4) return false
      if (into.length < mostPoints) into.push(Array.from(row))
      return true
    }
  }

  function onCounts(line: Line): void {
    count ??= numberAfterWord(line, nkpts)
    bands ??= numberAfterWord(line, nbands)
  }

  return {
    result() {
      const points = weighted(generated.length > 0 ? generated : listed)
      return { points, ...(count === undefined ? {} : { count }), ...(bands === undefined ? {} : { bands }) }
    },
    markers: {
      'Following reciprocal coordinates:': () => (generated.length === 0 ? rows(generated) : undefined),
      'k-points in reciprocal lattice and weights': () => rows((listed = [])),
      'k-points  ': onCounts,
      'k-Points  ': onCounts,
    },
  }
}

// The generated list prints how many points of the mesh each stands for, the other one rounded fractions.
function weighted(points: readonly number[][]): KPoints['points'] {
  const sum = points.reduce((total, point) => total + point[3]!, 0)
  return points.map(([a, b, c, weight]) => [a!, b!, c!, sum > 0 ? weight! / sum : weight!])
}
