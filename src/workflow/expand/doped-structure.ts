import { displace, turnedDisplacement } from '../../structure/dopant/displace.ts'
import { faceShiftAngstrom } from '../../structure/dopant/off-centre.ts'
import { equivalentOnOtherFace, type FacePartner } from '../../structure/dopant/other-face.ts'
import { substitute, type Dopant } from '../../structure/dopant/substitute.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import type { Structure } from '../../structure/structure.ts'

export interface DopingRequest {
  /** Label of the host ion that is replaced. */
  readonly label: string
  readonly dopant: Dopant
  readonly faces: 'one' | 'both'
  /** Shift toward an O3 face; 0 leaves the dopant in the middle. */
  readonly offCentreAngstrom: number
  readonly seed: string
}

export interface DopedStructure {
  readonly structure: Structure
  readonly dopantLabels: readonly string[]
  /** `one` also where two were asked for and the site has no partner: a site in the middle, or faces that differ. */
  readonly faces: 'one' | 'both'
  /** The operation that relates the two dopants. */
  readonly partner: FacePartner | undefined
  readonly warnings: readonly string[]
}

/**
 * A slab with one dopant, or with two that a symmetry operation of the slab relates: the second is displaced as the
 * first, turned by that operation, so that their dipoles cancel.
 *
 * @param structure the slab's, possibly with moments; its labels are those of `slab`
 */
export function dopedStructure(slab: Slab, structure: Structure, request: DopingRequest): DopedStructure {
  const first = substitute(structure, request.label, request.dopant)
  const shift =
    request.offCentreAngstrom === 0
      ? ([0, 0, 0] as const)
      : faceShiftAngstrom(first.structure, first.index, request.offCentreAngstrom, request.seed)
  const doped = displace(first.structure, first.index, shift)
  const partner = request.faces === 'both' ? equivalentOnOtherFace(slab, request.label) : undefined
  if (partner === undefined) {
    return { structure: doped, dopantLabels: [first.label], faces: 'one', partner, warnings: lonely(request) }
  }
  const second = substitute(doped, partner.label, request.dopant)
  return {
    structure: displace(second.structure, second.index, turnedDisplacement(partner.rotation, shift)),
    dopantLabels: [first.label, second.label],
    faces: 'both',
    partner,
    warnings: turned(partner),
  }
}

function lonely({ faces, label }: DopingRequest): readonly string[] {
  if (faces === 'one') return []
  return [`${label} has no partner on the other face: one dopant, with a dipole correction in the static step.`]
}

function turned({ byInversion }: FacePartner): readonly string[] {
  return byInversion ? [] : ['The two dopants are not related by inversion: an in-plane dipole may remain.']
}
