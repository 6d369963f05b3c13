import { KnownError } from '../../base/known-error.ts'
import { add, norm, scale, subtract, type Vector3 } from '../../base/vector.ts'
import { toCartesian, toFractional, wrapCoordinate, wrapDifference, type Lattice } from '../lattice.ts'
import { withSites, type Site, type Structure } from '../structure.ts'
import { analyseSymmetry } from '../symmetry.ts'
import { cationAnionBonds } from './host-crystal.ts'
import { planesOf } from './planes.ts'
import { siteOrbits } from './site-orbits.ts'
import { asSlab, depthBetween, type Slab } from './slab.ts'
import { surfaceCellSize } from './surface-cell.ts'

export class ReconstructionError extends KnownError {
  readonly code = 'RECONSTRUCTION'
  readonly remedy: string
  constructor(why: string, remedy: string) {
    super(`The slab cannot be made non-polar by moving half a plane: ${why}.`)
    this.remedy = remedy
  }
}

/**
 * Tasker's cure for a polar slab: half of the ions of an outer plane go to the other face, where the crystal would
 * continue.
 *
 * The dipole p per repeat of height d vanishes when the charge moved down is p/d per surface cell; the top plane is
 * tried first, then the bottom one (charge −p/d up). Of the ways to take half of each element, the one is chosen that
 * keeps the moved ions farthest apart. The result is its own 1×1 cell; labels stay with their ions.
 *
 * @throws ReconstructionError for a slab that is not polar, odd counts, or half planes of another charge
 * @source Tasker, J. Phys. C 12, 4977 (1979), §4
 */
export function reconstructPolarSlab(slab: Slab): Slab {
  const { termination, structure } = slab
  if (termination.taskerType !== 'III' || termination.dipolePerRepeatEAngstrom === undefined)
    throw new ReconstructionError(`${termination.name} has no formal dipole`, 'Use the slab as it is.')
  const down = movedHalf(slab, 'top')
  const { members, direction } =
    down.charge === down.wanted ? down : fittingHalf(down, movedHalf(slab, 'bottom'))
  const moved = new Set(members.flatMap((group) => spreadHalf(structure, group)))
  const step = scale(slab.repeatVectorAngstrom, direction * slab.repeats)
  const places = structure.sites.map((site, i) => {
    const at = toCartesian(structure.lattice, site.fractional)
    return moved.has(i) ? add(at, step) : at
  })
  return describeAgain(slab, centred(structure, places, slab.vacuumAngstrom))
}

interface MovedHalf {
  readonly face: 'top' | 'bottom'
  /** −1: down, +1: up. */
  readonly direction: 1 | -1
  /** [element][ion] of the outer plane; half of each group moves. */
  readonly members: readonly (readonly number[])[]
  /** Of half the plane, and what would cure the dipole, in e rounded to 0.01. */
  readonly charge: number
  readonly wanted: number
}

function movedHalf(
  { structure, termination, repeatVectorAngstrom, inPlaneMatrix }: Slab,
  face: 'top' | 'bottom',
): MovedHalf {
  const heights = structure.sites.map((site) => site.fractional[2] * structure.lattice[2][2])
  const plane =
    planesOf(heights, Math.min(0.3, 0.9 * termination.gapAngstrom)).at(face === 'top' ? -1 : 0)?.members ?? []
  const elements = [...new Set(plane.map((index) => structure.sites[index]?.element ?? ''))]
  const members = elements.map((element) =>
    plane.filter((index) => structure.sites[index]?.element === element).sort((a, b) => a - b),
  )
  const cells = surfaceCellSize(inPlaneMatrix)
  const direction = face === 'top' ? -1 : 1
  const wanted =
    ((-direction * (termination.dipolePerRepeatEAngstrom ?? 0)) / repeatVectorAngstrom[2]) * cells
  const charge = plane.reduce((sum, index) => sum + (structure.sites[index]?.oxidationState ?? NaN), 0) / 2
  const round = (x: number) => Math.round(x * 100) / 100
  return { face, direction, members, charge: round(charge), wanted: round(wanted) }
}

function fittingHalf(top: MovedHalf, bottom: MovedHalf): MovedHalf {
  if (bottom.charge === bottom.wanted) return bottom
  const words = [top, bottom].map(
    ({ face, charge, wanted }) => `half of the ${face} plane carries ${charge} e, not ${wanted} e`,
  )
  throw new ReconstructionError(words.join(', '), 'Choose another termination.')
}

// Half of the members, so that the sum of 1/distance between them is least; the first of equals.
function spreadHalf(structure: Structure, members: readonly number[]): readonly number[] {
  const element = structure.sites[members[0] ?? -1]?.element
  if (members.length % 2 === 1)
    throw new ReconstructionError(
      `an outer plane has ${members.length} ${element}, an odd number`,
      'Double the surface cell, for instance repeats [2, 1].',
    )
  const size = members.length / 2
  const cost = members.map((a) =>
    members.map((b) =>
      a === b ? 0 : 1 / separation(structure.lattice, structure.sites[a], structure.sites[b]),
    ),
  )
  const total = (set: readonly number[]) =>
    set.reduce((sum, i) => sum + set.reduce((part, j) => part + (cost[i]?.[j] ?? 0), 0), 0)
  const sets =
    size <= 6 ? subsets(members.length, size) : [members.flatMap((_, i) => (i % 2 === 0 ? [i] : []))]
  const best = sets.reduce((a, b) => (total(b) < total(a) - 1e-9 ? b : a))
  return best.flatMap((i) => members[i] ?? [])
}

function subsets(n: number, size: number, from = 0): readonly (readonly number[])[] {
  if (size === 0) return [[]]
  const found: (readonly number[])[] = []
  for (let i = from; i <= n - size; i++)
    for (const rest of subsets(n, size - 1, i + 1)) found.push([i, ...rest])
  return found
}

function separation(lattice: Lattice, a: Site | undefined, b: Site | undefined): number {
  if (a === undefined || b === undefined) return Infinity
  return norm(toCartesian(lattice, wrapDifference(subtract(a.fractional, b.fractional))))
}

function centred(structure: Structure, places: readonly Vector3[], vacuumAngstrom: number): Structure {
  const [low, high] = extent(places)
  const height = high - low + vacuumAngstrom
  const lattice: Lattice = [structure.lattice[0], structure.lattice[1], [0, 0, height]]
  const shift = vacuumAngstrom / 2 - low
  const sites = structure.sites.map((site, i) => {
    const [x, y, z] = places[i] ?? [0, 0, 0]
    const at = toFractional(lattice, [x, y, z + shift])
    return { ...site, fractional: [wrapCoordinate(at[0]), wrapCoordinate(at[1]), at[2]] as const }
  })
  return {
    ...withSites(structure, sites),
    lattice,
    comment: `${structure.comment}, half of an outer plane moved to the other face`,
  }
}

function describeAgain(slab: Slab, structure: Structure): Slab {
  const places = structure.sites.map((site) => toCartesian(structure.lattice, site.fractional))
  const [low, high] = extent(places)
  const { operations } = analyseSymmetry(structure)
  const orbits = siteOrbits(structure, operations)
  const bonds = cationAnionBonds(structure)
  const [[a, b], [c, d]] = slab.inPlaneMatrix
  const along = (i: number, j: number) =>
    add(scale(slab.surfaceVectors[0], i), scale(slab.surfaceVectors[1], j))
  return asSlab({
    ...slab,
    structure,
    termination: {
      ...slab.termination,
      name: `${slab.termination.name}r`,
      symmetricFaces: operations.some(({ rotation }) => rotation[2][2] === -1),
      dipolePerRepeatEAngstrom: 0,
      taskerType: 'II',
      summary: `${slab.termination.name} with half of an outer plane on the other face`,
    },
    thicknessAngstrom: high - low,
    surfaceVectors: [along(a, b), along(c, d)],
    inPlaneMatrix: [
      [1, 0],
      [0, 1],
    ],
    operations,
    sites: slab.sites.map((site, i) => ({
      ...site,
      ...depthBetween(places[i]?.[2] ?? 0, low, high),
      orbit: orbits[i] ?? i,
      coordination: bonds[i]?.length ?? 0,
    })),
  })
}

function extent(places: readonly Vector3[]): readonly [number, number] {
  return places.reduce<[number, number]>(
    ([low, high], [, , z]) => [Math.min(low, z), Math.max(high, z)],
    [Infinity, -Infinity],
  )
}
