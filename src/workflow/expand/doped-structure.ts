import type { Matrix3 } from '../../base/matrix.ts'
import { add, scale, subtract, type Vector3 } from '../../base/vector.ts'
import { displace, turnedDisplacement } from '../../structure/dopant/displace.ts'
import { addInterstitial } from '../../structure/dopant/interstitial.ts'
import { faceShiftAngstrom } from '../../structure/dopant/off-centre.ts'
import type { FacePartner } from '../../structure/dopant/other-face.ts'
import type { AtomPairing } from '../../structure/dopant/paired-rattle.ts'
import { substitute, type Dopant } from '../../structure/dopant/substitute.ts'
import { anionElements } from '../../structure/ions.ts'
import { toCartesian, toFractional, wrapFractional } from '../../structure/lattice.ts'
import { neighboursOf, neighboursOfPoint, type Neighbour } from '../../structure/neighbours.ts'
import type { Structure } from '../../structure/structure.ts'
import type { BuiltHost } from './built-host.ts'
import { positionOf, type Defect, type DopantPlace } from './defect.ts'

export interface DopingRequest {
  readonly defect: Defect
  readonly faces: 'one' | 'both'
  /** Shift toward an O3 face; 0 leaves the dopant in the middle. Not for dopants in voids. */
  readonly offCentreAngstrom: number
  /** Bonds of the dopants are scaled by 1 + this. */
  readonly bondDistortion: number
  readonly seed: string
}

export interface DopedStructure {
  /** With all ions of the host: those to be taken out are `removedLabels`. */
  readonly structure: Structure
  readonly dopantLabels: readonly string[]
  readonly removedLabels: readonly string[]
  /** By label of an ion that is new: those of the host that it moves with, the replaced one or the anions around. */
  readonly movesWith: ReadonlyMap<string, readonly string[]>
  /** `none` in a bulk crystal; `one` also where two were asked for and the site has no partner. */
  readonly faces: 'none' | 'one' | 'both'
  /** The operation that relates the two faces, for the ions of `structure`. */
  readonly pairing: AtomPairing | undefined
  readonly warnings: readonly string[]
}

/**
 * A host with one defect, or with two that a symmetry operation of the slab relates: the second is displaced as the
 * first, turned by that operation, so that their dipoles cancel.
 *
 * @param structure the host's, possibly with moments; its labels are those of `host`
 */
export function dopedStructure(
  host: BuiltHost,
  structure: Structure,
  request: DopingRequest,
): DopedStructure {
  const { defect, faces } = request
  const labels = defect.places.map(labelOf)
  const partner = faces === 'both' ? host.partner(labels[0] ?? '') : undefined
  const build = new DefectBuilder(host, structure, partner)
  for (const place of defect.places) build.dope(place, request)
  for (const { ion, fractional, anchor } of defect.added) build.insert(ion, fractional, anchor)
  const removed = defect.removedLabels.flatMap((label) => [label, ...build.twinOf(label)])
  return {
    structure: build.structure,
    dopantLabels: build.dopantLabels,
    removedLabels: [...new Set(removed)],
    movesWith: build.movesWith,
    faces: host.slab === undefined ? 'none' : partner === undefined ? 'one' : 'both',
    pairing: partner && { permutation: build.permutation, rotation: partner.rotation },
    warnings: host.slab === undefined ? [] : partner === undefined ? lonely(faces, labels) : turned(partner),
  }
}

/** Holds a structure while ions come into it, and their twins on the other face. */
class DefectBuilder {
  readonly dopantLabels: string[] = []
  readonly movesWith = new Map<string, readonly string[]>()
  readonly permutation: number[]
  structure: Structure
  private readonly host: BuiltHost
  private readonly partner: FacePartner | undefined

  constructor(host: BuiltHost, structure: Structure, partner: FacePartner | undefined) {
    this.host = host
    this.structure = structure
    this.partner = partner
    this.permutation = [...(partner?.permutation ?? [])]
  }

  dope(place: DopantPlace, request: DopingRequest): void {
    const { dopant } = request.defect
    if (place.kind === 'void') {
      this.dopantLabels.push(...this.insert(dopant, place.fractional, place.anchor))
    } else {
      this.replace(place.label, dopant, request)
    }
  }

  /** A substitution, shifted and distorted, then its twin. */
  private replace(
    label: string,
    dopant: Dopant,
    { offCentreAngstrom, seed, bondDistortion }: DopingRequest,
  ): void {
    const first = substitute(this.structure, label, dopant)
    const shift: Vector3 =
      offCentreAngstrom === 0
        ? [0, 0, 0]
        : faceShiftAngstrom(first.structure, first.index, offCentreAngstrom, seed)
    this.structure = displace(first.structure, first.index, shift)
    this.dopantLabels.push(first.label)
    this.movesWith.set(first.label, [label])
    const twin = this.twinOf(label)[0]
    if (twin !== undefined && this.partner !== undefined) {
      const second = substitute(this.structure, twin, dopant)
      this.structure = displace(
        second.structure,
        second.index,
        turnedDisplacement(this.partner.rotation, shift),
      )
      this.dopantLabels.push(second.label)
      this.movesWith.set(second.label, [twin])
    }
    if (bondDistortion !== 0) this.distort(first.index, bondDistortion)
  }

  /** Moves the anions around a dopant along their bonds, and their twins alike. */
  private distort(index: number, fraction: number): void {
    for (const { index: anion, vectorAngstrom } of firstShell(this.structure, index)) {
      const step = scale(vectorAngstrom, fraction)
      this.structure = displace(this.structure, anion, step)
      const twin = this.permutation[anion]
      if (twin !== undefined && twin !== anion && this.partner !== undefined)
        this.structure = displace(this.structure, twin, turnedDisplacement(this.partner.rotation, step))
    }
  }

  /** An ion in a void, and its twin. Returns their labels. */
  insert(ion: Dopant, fractional: Vector3, anchor: string): readonly string[] {
    const first = addInterstitial(this.structure, fractional, ion)
    this.structure = first.structure
    this.movesWith.set(first.label, this.anionsAround(fractional, anchor))
    const twin = this.twinOf(anchor)[0]
    if (this.partner === undefined || twin === undefined) return [first.label]
    const position = this.twinPosition(fractional, anchor, twin, this.partner.rotation)
    const second = addInterstitial(this.structure, position, ion)
    this.structure = second.structure
    this.movesWith.set(second.label, this.anionsAround(position, twin))
    this.permutation.push(second.index, first.index)
    return [first.label, second.label]
  }

  /** Labels of the first shell of anions of the undoped host, once for each bond; the anchor where there is none. */
  private anionsAround(fractional: Vector3, anchor: string): readonly string[] {
    const { structure } = this.host
    const shell = firstShellOf(structure, neighboursOfPoint(structure, fractional, 4))
    const labels = shell.flatMap(({ index }) => structure.sites[index]?.label ?? [])
    return labels.length === 0 ? [anchor] : labels
  }

  /** The label of the ion on the other face; empty without one. */
  twinOf(label: string): readonly string[] {
    const index = this.host.ions.findIndex((ion) => ion.label === label)
    const twin = this.host.ions[this.partner?.permutation[index] ?? -1]
    return twin === undefined ? [] : [twin.label]
  }

  private twinPosition(fractional: Vector3, anchor: string, twin: string, rotation: Matrix3): Vector3 {
    const { lattice } = this.host.structure
    const fromAnchor = subtract(fractional, positionOf(this.host, anchor))
    const nearest = fromAnchor.map((x) => x - Math.round(x)) as unknown as Vector3
    const turnedStep = turnedDisplacement(rotation, toCartesian(lattice, nearest))
    return wrapFractional(add(positionOf(this.host, twin), toFractional(lattice, turnedStep)))
  }
}

function firstShell(structure: Structure, index: number): readonly Neighbour[] {
  return firstShellOf(structure, neighboursOf(structure, index, 4))
}

function firstShellOf(structure: Structure, around: readonly Neighbour[]): readonly Neighbour[] {
  const anions = anionElements(structure)
  const near = around.filter((other) => anions.has(structure.sites[other.index]?.element ?? ''))
  const nearest = near[0]?.distanceAngstrom ?? 0
  return near.filter((other) => other.distanceAngstrom <= 1.35 * nearest)
}

function labelOf(place: DopantPlace): string {
  return place.kind === 'site' ? place.label : place.anchor
}

function lonely(faces: 'one' | 'both', labels: readonly string[]): readonly string[] {
  if (faces === 'one') return []
  return [
    `${labels.join(', ')} has no partner on the other face: one dopant, with a dipole correction in the static step.`,
  ]
}

function turned({ byInversion }: FacePartner): readonly string[] {
  return byInversion ? [] : ['The two dopants are not related by inversion: an in-plane dipole may remain.']
}
