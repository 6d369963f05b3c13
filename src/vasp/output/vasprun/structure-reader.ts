import type { Vector3 } from '../../../base/vector.ts'
import type { VasprunStructure } from './vasprun-file.ts'
import { vectors, type Rows } from './rows.ts'

/** Collects one `<structure>` after the other. */
export interface StructureReader {
  readonly basis: (rows: Rows) => void
  readonly positions: (rows: Rows) => void
  readonly selective: (flags: readonly (readonly [boolean, boolean, boolean])[]) => void
  /** The structure since the last call, when lattice and positions were there. */
  readonly finish: () => VasprunStructure | undefined
}

export function createStructureReader(): StructureReader {
  let lattice: readonly Vector3[] = []
  let positions: readonly Vector3[] = []
  let mobile: readonly (readonly [boolean, boolean, boolean])[] = []
  return {
    basis: (rows) => {
      lattice = vectors(rows)
    },
    positions: (rows) => {
      positions = vectors(rows)
    },
    selective: (flags) => {
      mobile = flags
    },
    finish: () => {
      const [a, b, c] = lattice
      const complete = a !== undefined && b !== undefined && c !== undefined && positions.length > 0
      const structure = complete
        ? {
            latticeAngstrom: [a, b, c] as const,
            positionsFractional: positions,
            ...(mobile.length === positions.length && { mobile }),
          }
        : undefined
      lattice = []
      positions = []
      mobile = []
      return structure
    },
  }
}
