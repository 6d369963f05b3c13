import { elementData } from '../../base/elements-data.ts'
import { neighboursOf } from '../../structure/neighbours.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Check } from './check.ts'

// Wider than the longest bond that a coordination count accepts: beyond it an ion stands alone.
const bondStretch = 1.4
const searchAngstrom = 5

/** Ions with at least one neighbour within 1.4 times the sum of the covalent radii. */
function isBonded(structure: Structure, ion: number): boolean {
  const radius = (element: string | undefined): number =>
    elementData[element ?? '']?.covalentRadiusAngstrom ?? 1.5
  const own = radius(structure.sites[ion]?.element)
  return neighboursOf(structure, ion, searchAngstrom).some(
    ({ index, distanceAngstrom }) =>
      distanceAngstrom < bondStretch * (own + radius(structure.sites[index]?.element)),
  )
}

export const dopantBondedCheck: Check = {
  name: 'dopant_bonded',
  asks: 'Is every dopant, and every other ion that was bonded, still bonded?',
  finds: ({ planned, final }) => {
    if (final.sites.length !== planned.structure.sites.length) return undefined
    const lost = final.sites.flatMap((site, i) =>
      isBonded(planned.structure, i) && !isBonded(final, i) ? [i] : [],
    )
    if (lost.length === 0) return undefined
    const name = (i: number): string =>
      `${planned.dopantIons?.includes(i) === true ? 'the dopant ' : ''}${final.sites[i]?.element} ${i + 1}`
    return `${lost.map(name).join(', ')} ${lost.length === 1 ? 'has' : 'have'} no neighbour within bonding distance`
  },
}
