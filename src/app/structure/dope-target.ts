import { cationAnionBonds } from '../../structure/slab/host-crystal.ts'
import { symmetryOfSlab, type Slab } from '../../structure/slab/slab.ts'
import type { Structure } from '../../structure/structure.ts'
import { analyseSymmetry, orbitsOf, type SymmetryOperation, wyckoffName } from '../../structure/symmetry.ts'
import { withFormalCharges } from './formal-charges.ts'
import { slabOfStructure, withOwnLabels } from './finished-slab.ts'
import { makeSlab, type SlabRequest } from './make-slab.ts'

/** What is doped: a slab with faces and depths, or a bulk cell. */
export interface DopeTarget {
  /** Labelled; with formal charges where they are known. */
  readonly structure: Structure
  /** All operations of the cell. */
  readonly operations: readonly SymmetryOperation[]
  readonly slab?: Slab
  readonly chargeReason: string
}

/** The host cut into a slab first when a surface is asked for, else the structure as it is. */
export function dopeTarget(given: Structure, states: SlabRequest['states'], request?: SlabRequest): DopeTarget {
  if (request !== undefined) {
    const { slab, chargeReason } = makeSlab(given, request)
    return { structure: slab.structure, operations: symmetryOfSlab(slab), slab, chargeReason }
  }
  const { structure, reason } = withFormalCharges(withOwnLabels(given), states)
  const slab = slabOfStructure(structure)
  if (slab !== undefined) return { structure: slab.structure, operations: symmetryOfSlab(slab), slab, chargeReason: reason }
  return { structure, operations: analyseSymmetry(structure).operations, chargeReason: reason }
}

/** Atoms of a bulk cell that symmetry makes equal. */
export interface BulkSite {
  readonly label: string
  readonly element: string
  readonly wyckoff: string
  readonly coordination: number
  readonly indices: readonly number[]
}

export function bulkSites(structure: Structure): readonly BulkSite[] {
  const symmetry = analyseSymmetry(structure)
  const bonds = cationAnionBonds(structure)
  return orbitsOf(symmetry).map((indices) => {
    const first = indices[0] ?? 0
    const site = structure.sites[first]
    return {
      label: site?.label ?? '',
      element: site?.element ?? '',
      wyckoff: wyckoffName(symmetry, first),
      coordination: bonds[first]?.length ?? 0,
      indices,
    }
  })
}
