import { latticeFromParameters, wrapFractional } from '../../src/structure/lattice.ts'
import type { Structure } from '../../src/structure/structure.ts'

type Atom = readonly [element: string, oxidationState: number, x: number, y: number, z: number]

const faceCentring = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
] as const

/** u of MgAl2O4, origin at the centre of inversion. */
const u = 0.2624

/** Textbook crystals by name; lengths in Å, coordinates of one lattice point. */
export const crystals: Readonly<Record<string, Structure>> = {
  mgo: cubic('MgO', 4.212, true, [
    ['Mg', 2, 0, 0, 0],
    ['O', -2, 0.5, 0.5, 0.5],
  ]),
  srtio3: cubic('SrTiO3', 3.905, false, [
    ['Sr', 2, 0, 0, 0],
    ['Ti', 4, 0.5, 0.5, 0.5],
    ['O', -2, 0.5, 0.5, 0],
    ['O', -2, 0.5, 0, 0.5],
    ['O', -2, 0, 0.5, 0.5],
  ]),
  spinel: cubic('MgAl2O4', 8.083, true, [
    ['Mg', 2, 0.125, 0.125, 0.125],
    ['Mg', 2, 0.875, 0.875, 0.875],
    ['Al', 3, 0.5, 0.5, 0.5],
    ['Al', 3, 0.5, 0.25, 0.25],
    ['Al', 3, 0.25, 0.5, 0.25],
    ['Al', 3, 0.25, 0.25, 0.5],
    ...spinelOxygen(1),
    ...spinelOxygen(-1),
  ]),
}

function spinelOxygen(sign: 1 | -1): Atom[] {
  const [v, w] = [sign * u, sign * (0.25 - u)]
  return [
    ['O', -2, v, v, v],
    ['O', -2, v, w, w],
    ['O', -2, w, v, w],
    ['O', -2, w, w, v],
  ]
}

function cubic(comment: string, a: number, faceCentred: boolean, atoms: readonly Atom[]): Structure {
  const lattice = latticeFromParameters({
    aAngstrom: a,
    bAngstrom: a,
    cAngstrom: a,
    alphaDegrees: 90,
    betaDegrees: 90,
    gammaDegrees: 90,
  })
  const shifts = faceCentred ? faceCentring : faceCentring.slice(0, 1)
  const sites = atoms.flatMap(([element, oxidationState, x, y, z]) =>
    shifts.map((t) => ({
      element,
      oxidationState,
      fractional: wrapFractional([x + t[0], y + t[1], z + t[2]]),
    })),
  )
  return { comment, lattice, sites }
}
