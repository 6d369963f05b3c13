import { seededRandom } from '../../base/seeded-random.ts'
import { add, cross, dot, norm, scale, subtract, type Vector3 } from '../../base/vector.ts'
import { anionElements } from '../ions.ts'
import { neighboursOf } from '../neighbours.ts'
import { withSites, type Structure } from '../structure.ts'
import { displace } from './displace.ts'
import { NoFaceError } from './dopant-errors.ts'

/**
 * Moves one ion toward the middle of a face of three anions around it.
 *
 * A small ion in the middle of an octahedron sits on a saddle point and may stay there for ever. The face is drawn from
 * all by the seed; the ion stops at the face when that is nearer than the length asked for.
 *
 * @throws NoFaceError when fewer than three anions surround the ion
 */
export function shiftTowardFace(
  structure: Structure,
  index: number,
  lengthAngstrom: number,
  seed: string,
): Structure {
  return displace(structure, index, faceShiftAngstrom(structure, index, lengthAngstrom, seed))
}

/** The displacement of `shiftTowardFace` in Å, for instance to turn it for the other face of a slab. */
export function faceShiftAngstrom(
  structure: Structure,
  index: number,
  lengthAngstrom: number,
  seed: string,
): Vector3 {
  const anions = surroundingAnions(structure, index)
  const faces = coordinationFaces(anions)
  const site = structure.sites[index]
  const random = seededRandom(`face ${seed} ${site?.label ?? index}`)
  const face = faces[Math.floor(random() * faces.length)]
  if (face === undefined) throw new NoFaceError(site?.label ?? `site ${index}`, anions.length)
  const middle = scale(add(add(face[0], face[1]), face[2]), 1 / 3)
  const distance = norm(middle)
  return distance < 1e-6 ? [0, 0, 0] : scale(middle, Math.min(lengthAngstrom, distance) / distance)
}

/**
 * Vectors in Å to the anions of the first shell: up to 1.35 times the nearest distance, which keeps the long bonds of a
 * Jahn–Teller ion (1.92 and 2.31 Å) and leaves out the next shell of an octahedron (1.7 times).
 */
export function surroundingAnions(structure: Structure, index: number): readonly Vector3[] {
  const site = structure.sites[index]
  const anions = anionElements(
    withSites(
      structure,
      structure.sites.filter((_, i) => i !== index),
    ),
  )
  const near = neighboursOf(structure, index, 4).filter((other) => {
    const element = structure.sites[other.index]?.element ?? ''
    return anions.has(element) && element !== site?.element
  })
  const nearest = near[0]?.distanceAngstrom ?? 0
  return near.filter((other) => other.distanceAngstrom <= 1.35 * nearest).map((other) => other.vectorAngstrom)
}

/** Triples of anions that are a face of their polyhedron: mutually near, all other anions on one side. */
export function coordinationFaces(
  anions: readonly Vector3[],
): readonly (readonly [Vector3, Vector3, Vector3])[] {
  const mean = anions.reduce((sum, anion) => sum + norm(anion), 0) / anions.length
  // Edges are 1.41 bond lengths in an octahedron and 1.63 in a tetrahedron; a diagonal is 2.
  const isEdge = (a: Vector3, b: Vector3) => norm(subtract(a, b)) < 1.8 * mean
  const triples = anions.flatMap((a, i) =>
    anions.slice(i + 1).flatMap((b, j) => anions.slice(i + j + 2).map((c) => [a, b, c] as const)),
  )
  return triples.filter(([a, b, c]) => {
    if (!isEdge(a, b) || !isEdge(b, c) || !isEdge(a, c)) return false
    const normal = cross(subtract(b, a), subtract(c, a))
    const sides = anions
      .map((d) => dot(normal, subtract(d, a)) / norm(normal))
      .filter((side) => Math.abs(side) > 0.2)
    return sides.every((side) => side > 0) || sides.every((side) => side < 0)
  })
}
