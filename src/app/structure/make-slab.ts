import type { OxidationStates } from '../../structure/ions.ts'
import { buildSlab, type SlabOptions } from '../../structure/slab/build-slab.ts'
import { reconstructPolarSlab } from '../../structure/slab/reconstruct.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import { slabTerminations, type Termination } from '../../structure/slab/terminations.ts'
import type { Structure } from '../../structure/structure.ts'
import { withFormalCharges } from './formal-charges.ts'

export interface SlabRequest extends Omit<SlabOptions, 'oxidationStates'> {
  /** By element; found by bond valence where none are given. */
  readonly states: OxidationStates
  /** Move half of an outer plane to the other face of a polar slab. */
  readonly reconstruct: boolean
}

export interface MadeSlab {
  readonly slab: Slab
  /** Where formal charges come from, or why polarity is not known. */
  readonly chargeReason: string
}

/** @throws as `buildSlab` and `reconstructPolarSlab` */
export function makeSlab(host: Structure, request: SlabRequest): MadeSlab {
  const { structure, reason } = withFormalCharges(host, request.states)
  const built = buildSlab(structure, request)
  return { slab: request.reconstruct ? reconstructPolarSlab(built) : built, chargeReason: reason }
}

/** All ways to cut the host along (hkl). @throws as `slabTerminations` */
export function listTerminations(
  host: Structure,
  request: Pick<SlabRequest, 'millerIndex' | 'states' | 'offStoichiometric'>,
): { readonly terminations: readonly Termination[]; readonly chargeReason: string } {
  const { structure, reason } = withFormalCharges(host, request.states)
  const { offStoichiometric = false } = request
  return { terminations: slabTerminations(structure, request.millerIndex, { offStoichiometric }), chargeReason: reason }
}
