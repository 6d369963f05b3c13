import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Vector3 } from '../../../src/base/vector.ts'
import { readCif } from '../../../src/structure/cif/read-cif.ts'
import { latticeFromParameters, wrapFractional } from '../../../src/structure/lattice.ts'
import type { Structure } from '../../../src/structure/structure.ts'

type Cell = readonly [a: number, b: number, c: number, alpha: number, beta: number, gamma: number]
type Atom = readonly [element: string, x: number, y: number, z: number]

/** A crystal from its cell, the atoms of one primitive cell and the centring. */
function crystal(
  comment: string,
  cell: Cell,
  centring: readonly Vector3[],
  atoms: readonly Atom[],
): Structure {
  const [aAngstrom, bAngstrom, cAngstrom, alphaDegrees, betaDegrees, gammaDegrees] = cell
  const lattice = latticeFromParameters({
    aAngstrom,
    bAngstrom,
    cAngstrom,
    alphaDegrees,
    betaDegrees,
    gammaDegrees,
  })
  const sites = atoms.flatMap(([element, x, y, z]) =>
    centring.map((t) => ({ element, fractional: wrapFractional([x + t[0], y + t[1], z + t[2]]) })),
  )
  return { comment, lattice, sites }
}

const primitive: Vector3[] = [[0, 0, 0]]
const faceCentred: Vector3[] = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
]
const bodyCentred: Vector3[] = [
  [0, 0, 0],
  [0.5, 0.5, 0.5],
]
const obverse: Vector3[] = [
  [0, 0, 0],
  [2 / 3, 1 / 3, 1 / 3],
  [1 / 3, 2 / 3, 2 / 3],
]
const cubic = (a: number): Cell => [a, a, a, 90, 90, 90]

export const mgo = crystal('MgO', cubic(4.212), faceCentred, [
  ['Mg', 0, 0, 0],
  ['O', 0.5, 0.5, 0.5],
])
export const mgoPrimitive = crystal('MgO, primitive', [2.978, 2.978, 2.978, 60, 60, 60], primitive, [
  ['Mg', 0, 0, 0],
  ['O', 0.5, 0.5, 0.5],
])
export const srTiO3 = crystal('SrTiO3', cubic(3.905), primitive, [
  ['Sr', 0, 0, 0],
  ['Ti', 0.5, 0.5, 0.5],
  ['O', 0.5, 0.5, 0],
  ['O', 0.5, 0, 0.5],
  ['O', 0, 0.5, 0.5],
])
const uO = 0.208
export const anatase = crystal('anatase TiO2', [3.785, 3.785, 9.514, 90, 90, 90], bodyCentred, [
  ['Ti', 0, 0, 0],
  ['Ti', 0, 0.5, 0.25],
  ['O', 0, 0, uO],
  ['O', 0, 0, -uO],
  ['O', 0, 0.5, 0.25 + uO],
  ['O', 0, 0.5, 0.25 - uO],
])
export const liCoO2 = crystal('LiCoO2', [2.816, 2.816, 14.054, 90, 90, 120], obverse, [
  ['Li', 0, 0, 0.5],
  ['Co', 0, 0, 0],
  ['O', 0, 0, 0.2605],
  ['O', 0, 0, -0.2605],
])
const u = 0.2624
/** Origin at −3m. */
export const spinel = crystal('MgAl2O4', cubic(8.083), faceCentred, [
  ['Mg', 0.125, 0.125, 0.125],
  ['Mg', 0.875, 0.875, 0.875],
  ['Al', 0.5, 0.5, 0.5],
  ['Al', 0.5, 0.25, 0.25],
  ['Al', 0.25, 0.5, 0.25],
  ['Al', 0.25, 0.25, 0.5],
  ['O', u, u, u],
  ['O', u, 0.25 - u, 0.25 - u],
  ['O', 0.25 - u, u, 0.25 - u],
  ['O', 0.25 - u, 0.25 - u, u],
  ['O', -u, -u, -u],
  ['O', -u, 0.75 + u, 0.75 + u],
  ['O', 0.75 + u, -u, 0.75 + u],
  ['O', 0.75 + u, 0.75 + u, -u],
])
export const li2MnO3 = readCif(
  readFileSync(resolve(import.meta.dirname, '../../../structures/li2mno3.cif'), 'utf8'),
).structure

export const states = { Li: 1, Mg: 2, Sr: 2, Al: 3, Co: 3, Mn: 4, Ti: 4, O: -2 }
