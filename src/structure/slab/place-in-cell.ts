import { inverse, multiply, rowTimesMatrix, type Matrix3 } from '../../base/matrix.ts'
import { cross, norm, type Vector3 } from '../../base/vector.ts'
import { withNumberedLabels } from '../labels.ts'
import { wrapCoordinate, type Lattice } from '../lattice.ts'
import type { Site, Structure } from '../structure.ts'
import { cellTranslations, surfaceCellMatrix } from './slab.ts'
import type { SlabAtom, Stack } from './stack.ts'
import type { InPlaneMatrix } from './surface-cell.ts'

export interface CellRequest {
  /** u, v and step in Å in the frame of the surface. */
  readonly vectors: Matrix3
  readonly inPlaneMatrix: InPlaneMatrix
  readonly vacuumAngstrom: number
}

export interface PlacedSlab {
  readonly structure: Structure
  /** [ion] index of the atom of the stack that it is an image of. */
  readonly parents: readonly number[]
  readonly thicknessAngstrom: number
  readonly areaAngstrom2: number
}

/** Puts a stack into its cell: a and b in the surface, c along the normal, images of an atom behind each other. */
export function placeInCell(
  stack: Stack,
  { vectors, inPlaneMatrix, vacuumAngstrom }: CellRequest,
): PlacedSlab {
  const thicknessAngstrom = stack.highAngstrom - stack.lowAngstrom
  const height = thicknessAngstrom + vacuumAngstrom
  const rows = surfaceCellMatrix(inPlaneMatrix)
  const flat = multiply(rows, [vectors[0], vectors[1], [0, 0, 1]])
  const lattice: Lattice = [flat[0], flat[1], [0, 0, height]]
  const toCell = inverse(flat)
  const shifts = cellTranslations({ inPlaneMatrix })
  const bottom = vacuumAngstrom / 2 - stack.lowAngstrom
  const images = stack.atoms.flatMap((atom, parent) => {
    const centre = rowTimesMatrix(inSurface(atom, vectors), toCell)
    const z = (atom.heightAngstrom + bottom) / height
    return shifts.map((shift) => ({
      parent,
      site: imageOf(atom, [centre[0] + shift[0], centre[1] + shift[1], z]),
    }))
  })
  return {
    structure: { comment: '', lattice, sites: withNumberedLabels(images.map(({ site }) => site)) },
    parents: images.map(({ parent }) => parent),
    thicknessAngstrom,
    areaAngstrom2: norm(cross(lattice[0], lattice[1])),
  }
}

// The step leans against the normal: its part in the surface moves with the height.
function inSurface({ place: [u, v, w] }: SlabAtom, [a, b, step]: Matrix3): Vector3 {
  return [u * a[0] + v * b[0] + w * step[0], u * a[1] + v * b[1] + w * step[1], 0]
}

function imageOf(atom: SlabAtom, [x, y, z]: Vector3): Site {
  const { magneticMomentMuB, oxidationState, element } = atom.site
  return {
    element,
    fractional: [clean(x), clean(y), z],
    ...(oxidationState !== undefined && { oxidationState }),
    ...(magneticMomentMuB !== undefined && { magneticMomentMuB }),
  }
}

// Both 0 and 0.9999999999 would be written for one place otherwise.
function clean(x: number): number {
  const wrapped = wrapCoordinate(x)
  return wrapped > 1 - 1e-9 || wrapped < 1e-12 ? 0 : wrapped
}
