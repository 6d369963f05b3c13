import type { Vector3 } from '../../base/vector.ts'
import type { Dopant } from '../../structure/dopant/substitute.ts'
import type { BuiltHost } from './built-host.ts'

/** Where a dopant goes: onto an ion of the host, or into a void near one. */
export type DopantPlace =
  | { readonly kind: 'site'; readonly label: string }
  | { readonly kind: 'void'; readonly fractional: Vector3; readonly anchor: string }

/** An ion that is put into a void. */
export interface AddedIon {
  readonly ion: Dopant
  readonly fractional: Vector3
  /** Label of an ion nearby, by which the place is found on the other face. */
  readonly anchor: string
}

/** Everything that is done to one face of a slab, or to a bulk cell. */
export interface Defect {
  readonly dopant: Dopant
  readonly places: readonly DopantPlace[]
  /** Host ions that are taken out. */
  readonly removedLabels: readonly string[]
  readonly added: readonly AddedIon[]
}

/** Fractional positions of the dopants in the undistorted host. */
export function placePositions(host: BuiltHost, places: readonly DopantPlace[]): readonly Vector3[] {
  return places.map((place) => (place.kind === 'void' ? place.fractional : positionOf(host, place.label)))
}

export function positionOf({ structure }: BuiltHost, label: string): Vector3 {
  return structure.sites.find((site) => site.label === label)?.fractional ?? [0, 0, 0]
}
