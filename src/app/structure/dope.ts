import { zeroVector, type Vector3 } from '../../base/vector.ts'
import { fittedStates } from '../../structure/bond-valence.ts'
import { formalChargeBalance } from '../../structure/charge-balance.ts'
import { addInterstitial } from '../../structure/dopant/interstitial.ts'
import { displace, turnedDisplacement } from '../../structure/dopant/displace.ts'
import { faceShiftAngstrom } from '../../structure/dopant/off-centre.ts'
import { equivalentOnOtherFace, type FacePartner } from '../../structure/dopant/other-face.ts'
import { pairedRattle } from '../../structure/dopant/paired-rattle.ts'
import { rattle } from '../../structure/dopant/rattle.ts'
import { siteIndex, substitute, type Dopant } from '../../structure/dopant/substitute.ts'
import type { InterstitialVoid } from '../../structure/dopant/voids.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import { dopedSpeciesOrder, inSpeciesOrder } from '../../structure/species-order.ts'
import type { Structure } from '../../structure/structure.ts'

/** How the atoms start: exact positions are saddle points that a relaxation may never leave. */
export interface StartSettings {
  /** Toward a face of three anions, in Å; 0 for none. */
  readonly offCentreAngstrom: number
  readonly rattleAngstrom: number
  readonly seed: string
}

export interface Doped {
  /** One block per element, dopants between cations and anions. */
  readonly structure: Structure
  /** Indices from 0 in that order. */
  readonly dopants: readonly number[]
  /** Labels of the ions that left. */
  readonly replaced: readonly string[]
  /** In e; +1 is one electron to place. Undefined when a formal charge is not known. */
  readonly chargeBalance?: number
  readonly warnings: readonly string[]
}

/**
 * Replaces one ion of a slab; on both faces also its partner there, which is displaced as the first, turned by the
 * operation that relates the two, so that their dipoles cancel.
 */
export function dopeSlab(slab: Slab, label: string, dopant: Dopant, faces: 'one' | 'both', start: StartSettings): Doped {
  const index = siteIndex(slab.structure, label)
  const partner = faces === 'both' ? equivalentOnOtherFace(slab, label) : undefined
  const warnings = faces === 'one' ? [] : partnerWarnings(label, partner)
  if (partner === undefined) {
    const doped = dopeSites(slab.structure, [index], dopant, start)
    return { ...doped, warnings }
  }
  const first = substitute(slab.structure, index, dopant)
  const shift = shiftOf(first.structure, index, start)
  const second = substitute(displace(first.structure, index, shift), partner.index, dopant)
  const both = displace(second.structure, partner.index, turnedDisplacement(partner.rotation, shift))
  const shaken = pairedRattle(both, partner, start.rattleAngstrom, start.seed)
  return finished(slab.structure, shaken, [first.label, second.label], { dopant, replaced: [label, partner.label], warnings })
}

function partnerWarnings(label: string, partner: FacePartner | undefined): readonly string[] {
  if (partner === undefined) return [`${label} has no equivalent site on the other face: one dopant was placed`]
  return partner.byInversion ? [] : ['the two dopants are not related by inversion: an in-plane dipole may remain']
}

function shiftOf(structure: Structure, index: number, { offCentreAngstrom, seed }: StartSettings): Vector3 {
  return offCentreAngstrom === 0 ? zeroVector : faceShiftAngstrom(structure, index, offCentreAngstrom, seed)
}

/** Replaces several ions of any structure, each by the same dopant. */
export function dopeSites(structure: Structure, sites: readonly number[], dopant: Dopant, start: StartSettings): Doped {
  const labels: string[] = []
  let doped = structure
  for (const site of sites) {
    const next = substitute(doped, site, dopant)
    labels.push(next.label)
    doped = displace(next.structure, site, shiftOf(next.structure, site, start))
  }
  const replaced = sites.map((site) => structure.sites[site]?.label ?? String(site + 1))
  return finished(structure, rattle(doped, start.rattleAngstrom, start.seed), labels, { dopant, replaced, warnings: [] })
}

/** Puts an ion into a void. */
export function fillVoid(structure: Structure, { fractional }: InterstitialVoid, dopant: Dopant, start: StartSettings): Doped {
  const added = addInterstitial(structure, fractional, dopant)
  const shaken = rattle(added.structure, start.rattleAngstrom, start.seed)
  return finished(structure, shaken, [added.label], { dopant, replaced: [], warnings: [] })
}

/** The only state of an element that oxides are known with; undefined where there are several. */
export function usualCharge(element: string, anion = 'O'): number | undefined {
  const states = fittedStates(element, anion)
  return states.length === 1 ? states[0] : undefined
}

function finished(
  host: Structure,
  doped: Structure,
  labels: readonly string[],
  { dopant, replaced, warnings }: { dopant: Dopant; replaced: readonly string[]; warnings: readonly string[] },
): Doped {
  const { structure } = inSpeciesOrder(doped, dopedSpeciesOrder(host, [dopant.element]))
  const charged = structure.sites.every((site) => site.oxidationState !== undefined)
  const words = replaced.length > 0 ? `${dopant.element} on ${replaced.join(', ')}` : `${dopant.element} interstitial`
  return {
    structure: { ...structure, comment: `${host.comment}, ${words}` },
    dopants: structure.sites.flatMap((site, i) => (labels.includes(site.label ?? '') ? [i] : [])),
    replaced,
    ...(charged && { chargeBalance: formalChargeBalance(structure) }),
    warnings,
  }
}
