import type { Structure } from '../../structure/structure.ts'
import type { Candidate } from '../candidate.ts'
import type { RelaxedHostStart } from '../relaxed-host.ts'
import type { PhaseKind } from '../references/reference-phase.ts'
import type { Variation } from './variations.ts'

/** A candidate while the plan is made: its description, its atoms, and where they come from. */
export interface Member {
  readonly candidate: Candidate
  /** POSCAR order. For a delithiated member: its atoms before anything was relaxed. */
  readonly structure: Structure
  readonly origin:
    | { readonly kind: 'built' }
    /** Lithium is taken out of the relaxed parent. */
    | {
        readonly kind: 'delithiated'
        readonly parentId: string
        readonly removedLabels: readonly string[]
        /** Starting moments of the oxygens that lost a neighbour, by label. */
        readonly momentsMuB: Readonly<Record<string, number>>
      }
    /** The defect is put into the relaxed host; `structure` is the defect in the host before. */
    | { readonly kind: 'in-relaxed-host'; readonly parentId: string; readonly movesWith: RelaxedHostStart['movesWith'] }
  readonly variation: Variation
  /** Words for the ions that left or came to make up for the dopants' charge; absent for none. */
  readonly ionsMoved?: string
  /** The faces differ, so that the static step corrects for a dipole. */
  readonly hasDipole: boolean
  /** Only of phases that limit chemical potentials. */
  readonly reference?: PhaseKind
}

/** Names the first start of a candidate in its further ones. */
export function startWords(firstId: string, id: string): Pick<Candidate, 'startOf'> {
  return id === firstId ? {} : { startOf: firstId }
}
