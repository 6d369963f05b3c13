import { inverse, multiply, rowTimesMatrix, type Matrix3 } from '../../base/matrix.ts'
import { add, cross, norm, scale, type Vector3 } from '../../base/vector.ts'
import { interstitialVoids, type VoidKind } from '../../structure/dopant/voids.ts'
import type { OxidationStates } from '../../structure/ions.ts'
import { toFractional } from '../../structure/lattice.ts'
import { siteFinder } from '../../structure/slab/site-finder.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import { withSites, type Structure } from '../../structure/structure.ts'
import { analyseSymmetry } from '../../structure/symmetry.ts'

/** Which class of void of the perfect crystal a place in a slab belongs to: 1 for the roomiest; undefined for none. */
export type HostVoidClass = (ionIndex: number, toVoidAngstrom: Vector3) => number | undefined

/**
 * The void is carried back into the crystal: from the ion of the crystal that the slab's ion was cut from, along the
 * vector to the void, turned from the frame of the slab into that of the crystal.
 */
export function hostVoidClass(
  slab: Slab,
  crystal: Structure,
  kind: VoidKind,
  states: OxidationStates,
): HostVoidClass {
  const { operations } = analyseSymmetry(crystal)
  const voids = interstitialVoids(crystal, { kind, oxidationStates: states, operations })
  const marks = withSites(
    crystal,
    voids.map(({ fractional }) => ({ element: 'void', fractional })),
  )
  const find = siteFinder(marks, 0.3)
  const turn = slabToCrystal(slab, crystal)
  return (ionIndex, toVoidAngstrom) => {
    const ion = crystal.sites[slab.sites[ionIndex]?.hostSite ?? -1]
    if (ion === undefined) return undefined
    const step = toFractional(crystal.lattice, rowTimesMatrix(toVoidAngstrom, turn))
    const found = find('void', add(ion.fractional, step))
    const voidClass = found === undefined ? undefined : voids[found]?.voidClass
    return voidClass === undefined ? undefined : voidClass + 1
  }
}

/** For Cartesian rows: v(crystal) = v(slab) · matrix. */
function slabToCrystal(slab: Slab, crystal: Structure): Matrix3 {
  const [u, v] = slab.surfaceVectors.map((vector) => rowTimesMatrix(vector, crystal.lattice))
  const [[a, b], [c, d]] = slab.inPlaneMatrix
  const combined = (x: number, y: number) => add(scale(u ?? [0, 0, 0], x), scale(v ?? [0, 0, 0], y))
  const inCrystal = triad(combined(a, b), combined(c, d))
  return multiply(inverse(triad(slab.structure.lattice[0], slab.structure.lattice[1])), inCrystal)
}

function triad(a: Vector3, b: Vector3): Matrix3 {
  const normal = cross(a, b)
  return [a, b, scale(normal, 1 / norm(normal))]
}
