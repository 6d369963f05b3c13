import { add, norm, scale, subtract, type Vector3 } from '../../base/vector.ts'
import { matrixTimesColumn } from '../../base/matrix.ts'
import { anionElements, type OxidationStates } from '../ions.ts'
import { toCartesian, toFractional, wrapFractional } from '../lattice.ts'
import { neighboursOfPoint, neighboursWithin, type Neighbour } from '../neighbours.ts'
import { siteFinder } from '../slab/site-finder.ts'
import { withSites, type Structure } from '../structure.ts'
import type { SymmetryOperation } from '../symmetry.ts'

export type VoidKind = 'tetrahedral' | 'octahedral' | 'face'

/** An empty place between anions. */
export interface InterstitialVoid {
  readonly kind: VoidKind
  /** Centre of mass of the anions around it. */
  readonly fractional: Vector3
  /** To the 4, 6 or 3 anions, shortest first. */
  readonly anionDistancesAngstrom: readonly number[]
  /** Cations nearest to it, up to 2.6 Å: the ions that it shares faces and edges with. */
  readonly cations: readonly {
    readonly index: number
    readonly element: string
    readonly distanceAngstrom: number
  }[]
  /** Symmetry class, 0 for the one farthest from any cation. */
  readonly voidClass: number
  /** Members of the class in the cell. */
  readonly multiplicity: number
}

export interface VoidOptions {
  readonly kind?: VoidKind
  readonly oxidationStates?: OxidationStates
  /** Operations that tell equivalent voids; without them every void is its own class. */
  readonly operations?: readonly SymmetryOperation[]
  /** Longest edge between anions of one polyhedron; found from the widest gap between anion distances by default. */
  readonly edgeLimitAngstrom?: number
}

/** Occupied means a cation nearer than this: tetrahedral holes of oxides are 1.7 Å from the next cation. */
const occupiedAngstrom = 1.0

/**
 * Voids of the anion sublattice: sets of anions that are all neighbours (4: tetrahedron, 3: face), or 6 of which every
 * one has four neighbours and one opposite (octahedron). Voids with a cation inside are left out.
 *
 * @returns farthest from any cation first, then by class and position
 */
export function interstitialVoids(
  structure: Structure,
  options: VoidOptions = {},
): readonly InterstitialVoid[] {
  const kind = options.kind ?? 'tetrahedral'
  const anions = anionElements(structure, options.oxidationStates)
  const sublattice = withSites(
    structure,
    structure.sites.filter((site) => anions.has(site.element)),
  )
  const cations = structure.sites.flatMap((site, index) => (anions.has(site.element) ? [] : [index]))
  const limit = options.edgeLimitAngstrom ?? edgeLimitAngstrom(sublattice)
  const polyhedra = anionPolyhedra(sublattice, kind, limit)
  const found = polyhedra
    .map((corners) => describeVoid(structure, cations, corners, kind))
    .filter((found) => found !== undefined)
  return classified(structure, found, options.operations ?? [])
}

/**
 * Where the shells of anion–anion distances part: the middle of the widest gap between 2 and 4.6 Å, relative to length.
 */
export function edgeLimitAngstrom(sublattice: Structure): number {
  const distances = neighboursWithin(sublattice, 4.6).flatMap((list) =>
    list.map((near) => near.distanceAngstrom),
  )
  const sorted = [...distances, 4.6].filter((distance) => distance > 2).sort((a, b) => a - b)
  let best = { ratio: 1, middle: 3.5 }
  for (let i = 1; i < sorted.length; i++) {
    const [low = 1, high = 1] = [sorted[i - 1], sorted[i]]
    if (high / low > best.ratio) best = { ratio: high / low, middle: (low + high) / 2 }
  }
  return best.middle
}

interface Corner {
  readonly index: number
  readonly image: readonly [number, number, number]
  readonly at: Vector3
}

function anionPolyhedra(
  sublattice: Structure,
  kind: VoidKind,
  limit: number,
): readonly (readonly Corner[])[] {
  const found = new Map<string, readonly Corner[]>()
  const near = neighboursWithin(sublattice, kind === 'octahedral' ? 1.65 * limit : limit)
  sublattice.sites.forEach((_, index) => {
    const centre: Corner = { index, image: [0, 0, 0], at: [0, 0, 0] }
    const around = (near[index] ?? []).map((other: Neighbour): Corner => ({
      index: other.index,
      image: other.image,
      at: other.vectorAngstrom,
    }))
    const sets =
      kind === 'octahedral' ? octahedraAt(around, limit) : cliquesAt(around, kind === 'face' ? 2 : 3, limit)
    for (const set of sets) {
      const corners = [centre, ...set]
      const key = cornerKey(corners)
      if (!found.has(key))
        found.set(
          key,
          corners.map((corner) => ({ ...corner, at: absolute(sublattice, corner) })),
        )
    }
  })
  return [...found.values()]
}

function cliquesAt(around: readonly Corner[], size: number, limit: number): readonly (readonly Corner[])[] {
  if (size === 0) return [[]]
  return around.flatMap((corner, i) => {
    const rest = around.slice(i + 1).filter((other) => distance(corner, other) <= limit)
    return cliquesAt(rest, size - 1, limit).map((set) => [corner, ...set])
  })
}

// The opposite corner, and exactly four corners that neighbour both, in a ring.
function octahedraAt(around: readonly Corner[], limit: number): readonly (readonly Corner[])[] {
  const close = around.filter((corner) => norm(corner.at) <= limit)
  return around.flatMap((opposite) => {
    if (norm(opposite.at) <= limit) return []
    const ring = close.filter((corner) => distance(corner, opposite) <= limit)
    const inRing = ring.every(
      (corner) => ring.filter((other) => other !== corner && distance(corner, other) <= limit).length === 2,
    )
    return ring.length === 4 && inRing ? [[opposite, ...ring]] : []
  })
}

/** The same for all translations of a polyhedron and for any order of its corners. */
function cornerKey(corners: readonly Corner[]): string {
  const lowest = Math.min(...corners.map((corner) => corner.index))
  const names = corners
    .filter((corner) => corner.index === lowest)
    .map(({ image: origin }) =>
      corners
        .map(({ index, image }) => `${index}:${image.map((x, i) => x - (origin[i] ?? 0)).join(',')}`)
        .sort()
        .join(' '),
    )
  return names.sort()[0] ?? ''
}

type Described = Omit<InterstitialVoid, 'voidClass' | 'multiplicity'>

function describeVoid(
  structure: Structure,
  cations: readonly number[],
  corners: readonly Corner[],
  kind: VoidKind,
): Described | undefined {
  const centre = scale(
    corners.reduce((sum, corner) => add(sum, corner.at), [0, 0, 0] as Vector3),
    1 / corners.length,
  )
  const fractional = wrapFractional(toFractional(structure.lattice, centre))
  const cationSites = withSites(
    structure,
    cations.flatMap((index) => structure.sites[index] ?? []),
  )
  const near = neighboursOfPoint(cationSites, fractional, 2.6)
  if ((near[0]?.distanceAngstrom ?? Infinity) < occupiedAngstrom) return undefined
  return {
    kind,
    fractional,
    anionDistancesAngstrom: corners.map((corner) => norm(subtract(corner.at, centre))).sort((a, b) => a - b),
    cations: near.map((other) => {
      const index = cations[other.index] ?? 0
      return {
        index,
        element: structure.sites[index]?.element ?? '',
        distanceAngstrom: other.distanceAngstrom,
      }
    }),
  }
}

function classified(
  structure: Structure,
  voids: readonly Described[],
  operations: readonly SymmetryOperation[],
): readonly InterstitialVoid[] {
  const marks = withSites(
    structure,
    voids.map(({ fractional }) => ({ element: 'void', fractional })),
  )
  const find = siteFinder(marks, 0.2)
  const first = voids.map((_, i) => i)
  voids.forEach(({ fractional }, i) => {
    if (first[i] !== i) return
    for (const { rotation, translation } of operations) {
      const image = find('void', add(matrixTimesColumn(rotation, fractional), translation))
      if (image !== undefined && image > i) first[image] = i
    }
  })
  const clearance = (i: number) => voids[i]?.cations[0]?.distanceAngstrom ?? Infinity
  const classes = [...new Set(first)].sort((a, b) => Math.round((clearance(b) - clearance(a)) * 1e4) || a - b)
  return voids
    .map((about, i) => {
      const voidClass = classes.indexOf(first[i] ?? i)
      return { ...about, voidClass, multiplicity: first.filter((other) => other === first[i]).length }
    })
    .sort((a, b) => a.voidClass - b.voidClass)
}

function absolute(sublattice: Structure, { index, image }: Corner): Vector3 {
  const at = sublattice.sites[index]?.fractional ?? [0, 0, 0]
  return toCartesian(sublattice.lattice, add(at, image))
}

function distance(a: Corner, b: Corner): number {
  return norm(subtract(a.at, b.at))
}
