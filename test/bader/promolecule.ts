import { pointCount, type DensityGrid } from '../../src/structure/density-grid.ts'
import { toCartesian, type Lattice } from '../../src/structure/lattice.ts'
import { imageSearch } from '../../src/structure/neighbours.ts'
import type { Structure } from '../../src/structure/structure.ts'

export interface Atom {
  readonly element: string
  readonly fractional: readonly [number, number, number]
  readonly electrons: number
  /** Decay a in 1/Å of N a³/(8π) exp(−a r). */
  readonly decay: number
}

/** Exponential atoms on a grid, each scaled to its number of electrons exactly: the sum of the grid is known. */
export function promolecule(
  lattice: Lattice,
  shape: readonly [number, number, number],
  atoms: readonly Atom[],
): DensityGrid {
  const structure: Structure = {
    comment: 'promolecule',
    lattice,
    sites: atoms.map(({ element, fractional }) => ({ element, fractional })),
  }
  const values = new Float64Array(pointCount(shape))
  for (const atom of atoms) addAtom(values, lattice, shape, atom)
  return { structure, shape, values }
}

function addAtom(
  values: Float64Array,
  lattice: Lattice,
  [nx, ny, nz]: readonly [number, number, number],
  atom: Atom,
): void {
  const images = imageSearch(lattice, 3).translations.map(({ cartesian }) => cartesian)
  const own = new Float64Array(values.length)
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, n++) {
        const [f, g, h] = atom.fractional
        const [x, y, z] = toCartesian(lattice, [i / nx - f, j / ny - g, k / nz - h])
        for (const [tx, ty, tz] of images)
          own[n]! += Math.exp(-atom.decay * Math.hypot(x + tx, y + ty, z + tz))
      }
  const sum = own.reduce((total, value) => total + value, 0)
  own.forEach((value, n) => (values[n]! += (value / sum) * atom.electrons * values.length))
}

export function cubic(edgeAngstrom: number): Lattice {
  return [
    [edgeAngstrom, 0, 0],
    [0, edgeAngstrom, 0],
    [0, 0, edgeAngstrom],
  ]
}
