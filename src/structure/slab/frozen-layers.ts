import { planesOf } from './planes.ts'

/** Which part of a slab keeps its bulk positions; thickness counts in primitive repeats (`centre trilayer` = 1). */
export type FrozenLayers =
  | 'none'
  | { readonly part: 'centre' | 'bottom'; readonly repeats: number }
  | { readonly part: 'centre' | 'bottom'; readonly thicknessAngstrom: number }

export interface FrozenGeometry {
  readonly repeatAngstrom: number
  readonly planeToleranceAngstrom: number
}

/**
 * Which atoms are held, by height. Whole planes only: a plane is held when its mean height is inside the range.
 *
 * @param heightsAngstrom  [ion] along the normal
 * @returns [ion] true where the atom is frozen
 */
export function frozenAtoms(
  heightsAngstrom: readonly number[],
  frozen: FrozenLayers,
  geometry: FrozenGeometry,
): readonly boolean[] {
  const held = heightsAngstrom.map(() => false)
  if (frozen === 'none') return held
  const thickness = 'repeats' in frozen ? frozen.repeats * geometry.repeatAngstrom : frozen.thicknessAngstrom
  const planes = planesOf(heightsAngstrom, geometry.planeToleranceAngstrom)
  const [low, high] = [planes[0]?.low ?? 0, planes.at(-1)?.high ?? 0]
  const middle = (low + high) / 2
  // A plane exactly on the border would join on both sides and hold more than was asked for.
  const [from, to] =
    frozen.part === 'centre'
      ? [middle - thickness / 2 + 0.05, middle + thickness / 2 - 0.05]
      : [low - 1, low + thickness - 0.5]
  for (const plane of planes) {
    if (plane.mean < from || plane.mean > to) continue
    for (const index of plane.members) held[index] = true
  }
  return held
}
