import { dot, norm, type Vector3 } from '../base/vector.ts'
import type { Lattice } from '../structure/lattice.ts'
import { imageSearch } from '../structure/neighbours.ts'

/** Squared distance in Å² by the nearest periodic image of a fractional difference. */
export type SquaredDistance = (a: number, b: number, c: number) => number

/**
 * Exact for any cell. After folding to [−½, ½), a translation t can only come nearer when Σ |aᵢ · t| > |t|²: none in a cuboid,
 * a few in a skewed cell.
 */
export function nearestImageSquared(lattice: Lattice): SquaredDistance {
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = lattice
  const translations = usefulTranslations(lattice)
  return (a, b, c) => {
    const [f, g, h] = [a - Math.floor(a + 0.5), b - Math.floor(b + 0.5), c - Math.floor(c + 0.5)]
    const x = f * ax + g * bx + h * cx
    const y = f * ay + g * by + h * cy
    const z = f * az + g * bz + h * cz
    let nearest = x * x + y * y + z * z
    for (const t of translations) {
      const [dx, dy, dz] = [x + t[0], y + t[1], z + t[2]]
      const squared = dx * dx + dy * dy + dz * dz
      if (squared < nearest) nearest = squared
    }
    return nearest
  }
}

function usefulTranslations(lattice: Lattice): readonly Vector3[] {
  const halfDiagonal = lattice.reduce((sum, row) => sum + norm(row), 0) / 2
  return imageSearch(lattice, halfDiagonal)
    .translations.map(({ cartesian }) => cartesian)
    .filter((t) => {
      const gain = lattice.reduce((sum, row) => sum + Math.abs(dot(row, t)), 0)
      return gain > dot(t, t) * (1 + 1e-12)
    })
}
