import { numbersIn } from '../text/number.ts'
import { lineText, type RowReader, type Section } from './line.ts'

/** Occupation matrix of one ion with an on-site term (LDAUPRINT ≥ 1), of the last time it was printed. */
export interface OnsiteDensity {
  /** Number of the ion, from 1, POSCAR order. */
  readonly ion: number
  readonly angularMomentum: number
  /** [spin][m][m'], dimensionless; real parts. */
  readonly matrices: readonly (readonly (readonly number[])[])[]
}

export function onsiteDensitySection(): Section & { result(): readonly OnsiteDensity[] } {
  const latest = new Map<number, OnsiteDensity>()
  let ion = 0
  let angularMomentum = 0

  function rows(): RowReader {
    const size = 2 * angularMomentum + 1
    const matrices: number[][][] = []
    return (line) => {
      if (line.first >= line.end) return true
      const values = numbersIn(line.bytes, line.first, line.end)
      if (values.length === 0) {
        if (!lineText(line).startsWith('spin component')) return false
        matrices.push([])
        return true
      }
      const matrix = matrices.at(-1)
      if (matrix === undefined || matrix.length >= size) return false
      matrix.push(values.slice(0, size))
      if (matrix.length === size) latest.set(ion, { ion, angularMomentum, matrices })
      return true
    }
  }

  return {
    result: () => [...latest.values()].sort((one, other) => one.ion - other.ion),
    markers: {
      'atom = ': (line) => {
        const found = /^atom =\s*(\d+)\s+type =\s*\d+\s+l =\s*(\d+)/.exec(lineText(line))
        if (found === null) return
        ion = Number(found[1])
        angularMomentum = Math.min(Number(found[2]), 3)
      },
      'onsite density matrix': rows,
    },
  }
}
