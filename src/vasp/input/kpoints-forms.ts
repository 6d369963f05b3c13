import type { Matrix3 } from '../../base/matrix.ts'
import type { Vector3 } from '../../base/vector.ts'

export interface KPoint {
  readonly coordinates: Vector3
  readonly weight: number
  readonly label?: string
}

export interface KTetrahedra {
  /** Volume of one tetrahedron over the volume of the Brillouin zone. */
  readonly volumeFraction: number
  /** Degeneracy and the four corners, numbered from 1 as in the file. */
  readonly members: readonly {
    readonly weight: number
    readonly corners: readonly [number, number, number, number]
  }[]
}

/** What a KPOINTS file says. `reciprocal` coordinates are in units of the reciprocal vectors, `cartesian` in 2π/scale. */
export type Kpoints =
  | {
      readonly kind: 'mesh'
      readonly comment: string
      readonly centre: 'gamma' | 'monkhorst-pack'
      readonly mesh: readonly [number, number, number]
      readonly shift: Vector3
    }
  | { readonly kind: 'length'; readonly comment: string; readonly lengthAngstrom: number }
  | {
      readonly kind: 'generating-vectors'
      readonly comment: string
      readonly coordinates: 'reciprocal' | 'cartesian'
      readonly vectors: Matrix3
      readonly shift: Vector3
    }
  | {
      readonly kind: 'list'
      readonly comment: string
      readonly coordinates: 'reciprocal' | 'cartesian'
      readonly points: readonly KPoint[]
      readonly tetrahedra?: KTetrahedra
    }
  | {
      readonly kind: 'line'
      readonly comment: string
      readonly coordinates: 'reciprocal' | 'cartesian'
      readonly pointsPerSegment: readonly number[]
      /** Two entries a segment. */
      readonly path: readonly { readonly coordinates: Vector3; readonly label?: string }[]
    }
