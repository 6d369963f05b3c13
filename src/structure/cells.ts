import { determinant, inverse, multiply, rowTimesMatrix, type Matrix3 } from '../base/matrix.ts'
import { add, type Vector3 } from '../base/vector.ts'
import { conventionalAxes } from './conventional-axes.ts'
import { cosetRepresentatives, hermiteNormalForm, type IntegerRow } from './integer-lattice.ts'
import { wrapFractional } from './lattice.ts'
import { reducedLattice } from './lattice-reduction.ts'
import { pointIndex } from './point-index.ts'
import type { Site, Structure } from './structure.ts'
import { analyseSymmetry, type SymmetryOptions } from './symmetry.ts'

/** The same crystal in its Niggli cell: the three shortest vectors that span the lattice as given; sites keep their order. */
export function reducedCell(structure: Structure): Structure {
  return inAxes(structure, reducedLattice(structure.lattice).transformation)
}

/**
 * A cell with one lattice point, Niggli-reduced and turned no other way than the crystal was; of atoms that the
 * lattice repeats the first is kept.
 *
 * @throws SymmetryNotFoundError
 */
export function primitiveCell(structure: Structure, options: SymmetryOptions = {}): Structure {
  const { operations } = analyseSymmetry(structure, options)
  const shifts = operations.filter(({ rotation }) => isIdentity(rotation)).map(({ translation }) => translation)
  const smaller = inAxes(structure, primitiveAxes(shifts))
  const kept = firstOfEachPlace(smaller, 2 * (options.symprecAngstrom ?? 0.01))
  return reducedCell({ ...smaller, sites: kept })
}

/**
 * The conventional cell of the Bravais lattice in the standard setting of the space group: axes along the symmetry,
 * shortest vectors, obtuse β, C-centring for centred monoclinic crystals, hexagonal axes for rhombohedral ones, the
 * Niggli cell for triclinic ones.
 *
 * The crystal is neither turned nor shifted nor symmetrised: axes are combinations of the given ones and the origin
 * stays, so coordinates need not be those of the tables.
 *
 * @throws SymmetryNotFoundError
 */
export function conventionalCell(structure: Structure, options: SymmetryOptions = {}): Structure {
  const primitive = primitiveCell(structure, options)
  return inAxes(primitive, conventionalAxes(primitive.lattice, analyseSymmetry(primitive, options)))
}

/**
 * The same crystal described by other lattice vectors: rows of `axes` are in units of a, b, c.
 *
 * Rows must be combinations of lattice vectors of the crystal. For a larger cell sites are repeated; for a smaller one
 * all of them come back, several at one place.
 */
export function inAxes(structure: Structure, axes: Matrix3): Structure {
  const back = inverse(axes)
  const lattice = multiply(axes, structure.lattice)
  const copies = Math.abs(determinant(axes)) > 1.5 ? cosetRepresentatives(hermiteNormalForm(asIntegers(axes))) : [[0, 0, 0] as const]
  const sites = structure.sites.flatMap((site) =>
    copies.map((copy): Site => {
      const fractional = wrapFractional(tidy(rowTimesMatrix(add(site.fractional, copy), back)))
      return { ...site, fractional }
    }),
  )
  return { ...structure, lattice, sites }
}

// All shifts are multiples of 1/n, where n is their number: they form a group of that order.
function primitiveAxes(shifts: readonly Vector3[]): Matrix3 {
  const n = shifts.length
  const whole: IntegerRow[] = [[n, 0, 0], [0, n, 0], [0, 0, n]]
  const rows = shifts.map((shift): IntegerRow => [Math.round(shift[0] * n), Math.round(shift[1] * n), Math.round(shift[2] * n)])
  const form = hermiteNormalForm([...whole, ...rows])
  const divide = (row: IntegerRow): Vector3 => [row[0] / n, row[1] / n, row[2] / n]
  return [divide(form[0]), divide(form[1]), divide(form[2])]
}

function firstOfEachPlace(structure: Structure, toleranceAngstrom: number): readonly Site[] {
  const seen = pointIndex(structure.lattice, toleranceAngstrom)
  return structure.sites.filter((site, index) => {
    if (seen.find(site.fractional) !== undefined) return false
    seen.add(site.fractional, index)
    return true
  })
}

function isIdentity(rotation: Matrix3): boolean {
  return rotation.every((row, i) => row.every((x, j) => x === (i === j ? 1 : 0)))
}

function asIntegers(m: Matrix3): readonly IntegerRow[] {
  return m.map((row): IntegerRow => [Math.round(row[0]), Math.round(row[1]), Math.round(row[2])])
}

// 0.49999999999999994 and its like would be printed.
function tidy(v: Vector3): Vector3 {
  const exact = (x: number) => (Math.abs(x * 24 - Math.round(x * 24)) < 1e-10 ? Math.round(x * 24) / 24 : x)
  return [exact(v[0]), exact(v[1]), exact(v[2])]
}
