import { inverse, multiply, transpose, type Matrix3 } from '../../base/matrix.ts'
import type { Slab } from '../slab/slab.ts'
import { sitePermutation } from '../slab/site-orbits.ts'
import { siteFinder } from '../slab/site-finder.ts'
import type { SymmetryOperation } from '../symmetry.ts'
import { siteIndex } from './substitute.ts'

/** The same site seen from the other face. */
export interface FacePartner {
  readonly label: string
  readonly index: number
  /** Cartesian, for column vectors: turns a displacement of the one into that of the other. */
  readonly rotation: Matrix3
  /** Is the operation an inversion, so that the two dipoles cancel in all directions? */
  readonly byInversion: boolean
  /** [site] where the operation brings every site of the slab. */
  readonly permutation: readonly number[]
}

/**
 * The site on the other face that a symmetry operation of the slab relates to this one, an inversion where there is one.
 *
 * @returns undefined for a site in the middle of the slab, and for slabs whose faces differ
 * @throws SiteNotFoundError
 */
export function equivalentOnOtherFace(slab: Slab, label: string): FacePartner | undefined {
  const index = siteIndex(slab.structure, label)
  if (slab.sites[index]?.face === 'centre') return undefined
  const find = siteFinder(slab.structure, 0.2)
  const flips = slab.operations.filter((operation) => operation.rotation[2][2] === -1)
  for (const operation of [...flips].sort((a, b) => inversionFirst(a) - inversionFirst(b))) {
    const permutation = sitePermutation(slab.structure, operation, find)
    const partner = permutation?.[index]
    if (permutation === undefined || partner === undefined || partner === index) continue
    const rotation = cartesianRotation(slab, operation)
    const byInversion = inversionFirst(operation) === 0
    return { label: slab.sites[partner]?.label ?? '', index: partner, rotation, byInversion, permutation }
  }
  return undefined
}

function inversionFirst({ rotation }: SymmetryOperation): number {
  const isInversion =
    rotation[0][0] === -1 && rotation[1][1] === -1 && rotation[0][1] === 0 && rotation[1][0] === 0
  return isInversion ? 0 : 1
}

function cartesianRotation(slab: Slab, { rotation }: SymmetryOperation): Matrix3 {
  const columns = transpose(slab.structure.lattice)
  return multiply(multiply(columns, rotation), inverse(columns))
}
