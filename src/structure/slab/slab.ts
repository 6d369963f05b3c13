import type { Matrix3 } from '../../base/matrix.ts'
import type { Vector3 } from '../../base/vector.ts'
import { isPerpendicularC } from '../lattice.ts'
import type { Structure } from '../structure.ts'
import type { SymmetryOperation } from '../symmetry.ts'
import type { MillerIndex } from './oriented-repeat.ts'
import { SlabGeometryError } from './slab-errors.ts'
import { surfaceCellSize, type InPlaneMatrix } from './surface-cell.ts'
import type { Termination } from './terminations.ts'

/** What is known of one atom of a slab, in the order of `slab.structure.sites`. */
export interface SlabSite {
  /** `Mn-3`: element and number in built order; the same as in `structure`. */
  readonly label: string
  readonly element: string
  /** Index in the host cell that was cut. */
  readonly hostSite: number
  /** Position in the host crystal, for instance `4g`. */
  readonly wyckoff: string
  /** `Li-layer`, `TM-layer`: the cation layer of the host; undefined for anions and hosts without layers. */
  readonly layer?: string
  /** From the outermost atom centre of the nearer face. */
  readonly depthAngstrom: number
  readonly face: 'top' | 'bottom' | 'centre'
  /** Symmetry-distinct positions of the 1×1 slab, numbered from 0 in built order. */
  readonly orbit: number
  /** Cation–anion bonds by the bond-valence rule, before relaxation. */
  readonly coordination: number
}

export interface SlabData {
  /** Sites grouped by element in the order of the host, top face first; labelled, with oxidation states when known. */
  readonly structure: Structure
  /** In the setting of the host cell. */
  readonly millerIndex: MillerIndex
  readonly termination: Termination
  /** Primitive repeats along the normal. */
  readonly repeats: number
  readonly vacuumAngstrom: number
  /** Between outermost atom centres. */
  readonly thicknessAngstrom: number
  readonly areaAngstrom2: number
  /** Host translations along the a and b of the 1×1 surface cell, in units of the host's a, b, c. */
  readonly surfaceVectors: readonly [Vector3, Vector3]
  /** Rows: a and b of the slab in units of the surface vectors. */
  readonly inPlaneMatrix: InPlaneMatrix
  /** From an atom to the one a repeat above it, in Å in the frame of the slab: z is the height of one repeat. */
  readonly repeatVectorAngstrom: Vector3
  readonly sites: readonly SlabSite[]
  /**
   * Crystal operations that keep this slab and its cell, modulo the translations of the 1×1 cell, in fractional
   * coordinates of the slab. `symmetryOfSlab` gives all.
   */
  readonly operations: readonly SymmetryOperation[]
}

declare const perpendicular: unique symbol

/** A slab whose c is perpendicular to a and b; only `asSlab` makes one. */
export interface Slab extends SlabData {
  readonly [perpendicular]: true
}

/** @throws SlabGeometryError when c is not perpendicular to a and b, or when sites and atoms disagree */
export function asSlab(data: SlabData): Slab {
  if (!isPerpendicularC(data.structure.lattice, 1e-9))
    throw new SlabGeometryError('c is not perpendicular to a and b')
  if (data.sites.length !== data.structure.sites.length)
    throw new SlabGeometryError(`${data.sites.length} descriptions for ${data.structure.sites.length} atoms`)
  return data as Slab
}

/** Depth below the nearer face, and which face that is; within 0.1 Å of the middle it is neither. */
export function depthBetween(
  heightAngstrom: number,
  lowAngstrom: number,
  highAngstrom: number,
): Pick<SlabSite, 'depthAngstrom' | 'face'> {
  const [fromBottom, fromTop] = [heightAngstrom - lowAngstrom, highAngstrom - heightAngstrom]
  const central = Math.abs(fromBottom - fromTop) < 0.1
  return {
    depthAngstrom: Math.min(fromBottom, fromTop),
    face: central ? 'centre' : fromTop < fromBottom ? 'top' : 'bottom',
  }
}

/** All operations of the slab's own cell: crystal operations times the translations inside a larger surface cell. */
export function symmetryOfSlab(slab: Slab): readonly SymmetryOperation[] {
  if (surfaceCellSize(slab.inPlaneMatrix) === 1) return slab.operations
  return cellTranslations(slab).flatMap((shift) =>
    slab.operations.map(({ rotation, translation }) => ({
      rotation,
      translation: [translation[0] + shift[0], translation[1] + shift[1], translation[2]] as const,
    })),
  )
}

/** Translations of the 1×1 surface cell inside the slab's cell, in fractional coordinates of the slab. */
export function cellTranslations(slab: Pick<SlabData, 'inPlaneMatrix'>): readonly Vector3[] {
  const [[a, b], [c, d]] = slab.inPlaneMatrix
  const size = surfaceCellSize(slab.inPlaneMatrix)
  const found = new Map<string, Vector3>()
  // (i, j) in surface vectors is (i, j)·M⁻¹ in the slab's own; numerators modulo the size tell the classes apart.
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size && found.size < size; j++) {
      const [x, y] = [modulo(i * d - j * c, size), modulo(j * a - i * b, size)]
      found.set(`${x} ${y}`, [x / size, y / size, 0])
    }
  return [...found.values()]
}

/** Rows of a surface cell as a 3×3 matrix, c unchanged. */
export function surfaceCellMatrix(rows: SlabData['inPlaneMatrix']): Matrix3 {
  return [
    [rows[0][0], rows[0][1], 0],
    [rows[1][0], rows[1][1], 0],
    [0, 0, 1],
  ]
}

function modulo(a: number, n: number): number {
  return ((a % n) + n) % n
}
