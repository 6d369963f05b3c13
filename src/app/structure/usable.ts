import { KnownError } from '../../base/known-error.ts'
import { neighboursWithin } from '../../structure/neighbours.ts'
import type { Structure } from '../../structure/structure.ts'

export class AtomsOverlapError extends KnownError {
  readonly code = 'ATOMS_OVERLAP'
  readonly remedy = 'Remove the duplicate sites, or resolve partial occupancies; "dopant structure info" lists them.'
  constructor(pairs: readonly string[]) {
    const more = pairs.length > 3 ? ` and ${pairs.length - 3} more pairs` : ''
    super(`Atoms lie on top of each other: ${pairs.slice(0, 3).join(', ')}${more}.`)
  }
}

/** Nearer than this, two atoms are one atom written twice: H–H in H2 is 0.74 Å. */
const overlapAngstrom = 0.6

/** @throws AtomsOverlapError naming the pairs, numbered from 1 */
export function refuseOverlaps(structure: Structure): void {
  const name = (index: number): string => `${structure.sites[index]?.element} ${index + 1}`
  const pairs = neighboursWithin(structure, overlapAngstrom).flatMap((list, i) =>
    list
      .filter(({ index }) => index >= i)
      .map(({ index, distanceAngstrom }) => `${name(i)} and ${name(index)} at ${distanceAngstrom.toFixed(2)} Å`),
  )
  if (pairs.length > 0) throw new AtomsOverlapError(pairs)
}
