import type { Structure } from '../../structure/structure.ts'
import type { Candidate } from '../candidate.ts'

/** A candidate while the plan is made: its description, its atoms, and where they come from. */
export interface Member {
  readonly candidate: Candidate
  /** POSCAR order. For a delithiated member: its atoms before anything was relaxed. */
  readonly structure: Structure
  readonly origin:
    | { readonly kind: 'built' }
    /** Lithium is taken out of the relaxed parent. */
    | { readonly kind: 'delithiated'; readonly parentId: string; readonly removedLabels: readonly string[] }
  /** The faces differ, so that the static step corrects for a dipole. */
  readonly hasDipole: boolean
}
