import { elementData } from '../base/elements-data.ts'
import { neighboursWithin, type Neighbour } from './neighbours.ts'
import type { Structure } from './structure.ts'

/** Elements that can be anions, most electronegative first, with their usual charge in e. */
const anionCharges: readonly (readonly [string, number])[] = [
  ['F', -1], ['O', -2], ['Cl', -1], ['N', -3], ['Br', -1], ['I', -1], ['S', -2], ['Se', -2], ['Te', -2],
]

/** O–O and S–S bonds shorter than this are peroxide and disulfide pairs. */
const pairBondsAngstrom: Readonly<Record<string, number>> = { O: 1.65, S: 2.3 }

/**
 * Formal charge of each anion, undefined for cations.
 *
 * An element of the list is an anion unless it is bonded (1.2 × covalent radii) to a more electronegative one of the
 * list, as sulphur is in a sulphate and nitrogen in a nitrate. Bonded pairs O–O and S–S count −1 an atom.
 *
 * @returns [ion] charge in e
 */
export function anionStates(structure: Structure): readonly (number | undefined)[] {
  const near = neighboursWithin(structure, 2.8)
  return structure.sites.map((site, index) => {
    const rank = anionCharges.findIndex(([element]) => element === site.element)
    const charge = anionCharges[rank]?.[1]
    if (charge === undefined) return undefined
    const around = near[index] ?? []
    const isCation = around.some((neighbour) => outranks(structure, neighbour, site.element, rank))
    return isCation ? undefined : isPaired(structure, around, site.element) ? charge / 2 : charge
  })
}

function outranks(structure: Structure, neighbour: Neighbour, element: string, rank: number): boolean {
  const other = structure.sites[neighbour.index]?.element ?? ''
  const otherRank = anionCharges.findIndex(([symbol]) => symbol === other)
  return otherRank >= 0 && otherRank < rank && neighbour.distanceAngstrom < 1.2 * radii(element, other)
}

function isPaired(structure: Structure, around: readonly Neighbour[], element: string): boolean {
  const limit = pairBondsAngstrom[element] ?? 0
  return around.some((n) => n.distanceAngstrom < limit && structure.sites[n.index]?.element === element)
}

function radii(a: string, b: string): number {
  return (elementData[a]?.covalentRadiusAngstrom ?? 1.5) + (elementData[b]?.covalentRadiusAngstrom ?? 1.5)
}
