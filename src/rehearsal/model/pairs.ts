import type { Lattice } from '../../structure/lattice.ts'
import { heightsAngstrom, toCartesian } from '../../structure/lattice.ts'
import { inverse } from '../../base/matrix.ts'

/** Pairs of ions within a radius, each once, every periodic image (also of one ion with itself) separately. */
export interface PairList {
  readonly count: number
  /** Ion numbers, from 0. */
  readonly first: Int32Array
  readonly second: Int32Array
  /** [pair][xyz] lattice translation in Å: the bond vector is x(second) + translation - x(first). */
  readonly translation: Float64Array
}

/**
 * All pairs closer than the radius.
 *
 * Fractional differences are folded into [-0.5, 0.5), then m = floor(radius/height + 0.5) translations are visited on
 * each side along each axis, which is enough because |n + d| ≥ |n| - 0.5.
 *
 * @param positions [ion][xyz] in Å, flat
 */
export function pairsWithin(lattice: Lattice, positions: Float64Array, radiusAngstrom: number): PairList {
  const fractional = toFractionalFlat(lattice, positions)
  const search = translations(lattice, radiusAngstrom)
  const found = growingPairs()
  const ions = positions.length / 3
  for (let i = 0; i < ions; i++) {
    for (let j = i; j < ions; j++) visitImages(i, j, fractional, lattice, search, radiusAngstrom, found)
  }
  return translateToPositions(found.finish(), positions)
}

interface Translations {
  /** [translation][abc] integers, and the same in Å. */
  readonly images: Int32Array
  readonly cartesian: Float64Array
  readonly count: number
}

function translations(lattice: Lattice, radius: number): Translations {
  const [ma, mb, mc] = heightsAngstrom(lattice).map((height) => Math.floor(radius / height + 0.5)) as [
    number,
    number,
    number,
  ]
  const images: number[] = []
  const cartesian: number[] = []
  for (let a = -ma; a <= ma; a++)
    for (let b = -mb; b <= mb; b++)
      for (let c = -mc; c <= mc; c++) {
        images.push(a, b, c)
        cartesian.push(...toCartesian(lattice, [a, b, c]))
      }
  return {
    images: Int32Array.from(images),
    cartesian: Float64Array.from(cartesian),
    count: images.length / 3,
  }
}

function visitImages(
  i: number,
  j: number,
  fractional: Float64Array,
  lattice: Lattice,
  search: Translations,
  radius: number,
  found: ReturnType<typeof growingPairs>,
): void {
  const [ra, rb, rc] = lattice
  const da = fold(fractional[3 * j]! - fractional[3 * i]!)
  const db = fold(fractional[3 * j + 1]! - fractional[3 * i + 1]!)
  const dc = fold(fractional[3 * j + 2]! - fractional[3 * i + 2]!)
  const x = da * ra[0] + db * rb[0] + dc * rc[0]
  const y = da * ra[1] + db * rb[1] + dc * rc[1]
  const z = da * ra[2] + db * rb[2] + dc * rc[2]
  for (let t = 0; t < search.count; t++) {
    if (i === j && !isUpperHalf(search.images, 3 * t)) continue
    const bx = x + search.cartesian[3 * t]!
    const by = y + search.cartesian[3 * t + 1]!
    const bz = z + search.cartesian[3 * t + 2]!
    if (bx * bx + by * by + bz * bz < radius * radius) found.push(i, j, bx, by, bz)
  }
}

// Of the two images n and -n of one ion only one is a pair; n = 0 is the ion itself.
function isUpperHalf(images: Int32Array, at: number): boolean {
  const [a, b, c] = [images[at]!, images[at + 1]!, images[at + 2]!]
  return a > 0 || (a === 0 && (b > 0 || (b === 0 && c > 0)))
}

function fold(difference: number): number {
  return difference - Math.floor(difference + 0.5)
}

function growingPairs() {
  const first: number[] = []
  const second: number[] = []
  const bonds: number[] = []
  return {
    push(i: number, j: number, x: number, y: number, z: number) {
      first.push(i)
      second.push(j)
      bonds.push(x, y, z)
    },
    finish: () => ({
      first: Int32Array.from(first),
      second: Int32Array.from(second),
      bonds: Float64Array.from(bonds),
    }),
  }
}

function translateToPositions(
  found: { first: Int32Array; second: Int32Array; bonds: Float64Array },
  positions: Float64Array,
): PairList {
  const { first, second, bonds: translation } = found
  for (let p = 0; p < first.length; p++) {
    for (let axis = 0; axis < 3; axis++) {
      translation[3 * p + axis]! -= positions[3 * second[p]! + axis]! - positions[3 * first[p]! + axis]!
    }
  }
  return { count: first.length, first, second, translation }
}

function toFractionalFlat(lattice: Lattice, positions: Float64Array): Float64Array {
  const m = inverse(lattice)
  const fractional = new Float64Array(positions.length)
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!]
    for (let axis = 0 as 0 | 1 | 2; axis < 3; axis++) {
      fractional[i + axis] = x * m[0][axis] + y * m[1][axis] + z * m[2][axis]
    }
  }
  return fractional
}
