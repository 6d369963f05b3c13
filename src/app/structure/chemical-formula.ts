import { composition, type Structure } from '../../structure/structure.ts'

/** `Li2MnO3` for 48 Li, 24 Mn, 72 O: cations by rising formal charge, then anions; counts without their common divisor. */
export function chemicalFormula(structure: Structure): string {
  const counts = [...composition(structure)]
  const common = counts.reduce((divisor, [, count]) => greatestCommon(divisor, count), 0)
  const rank = new Map(counts.map(([element]) => [element, rankOf(meanCharge(structure, element))]))
  return counts
    .sort(([a], [b]) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
    .map(([element, count]) => element + (count === common ? '' : count / common))
    .join('')
}

function meanCharge(structure: Structure, element: string): number {
  const charges = structure.sites.filter((site) => site.element === element).map((site) => site.oxidationState ?? 0)
  return charges.reduce((sum, charge) => sum + charge, 0) / charges.length
}

/** Anions behind all cations; without charges every element has the same rank and stays where it is. */
function rankOf(charge: number): number {
  return charge < 0 ? 100 - charge : charge
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b)
}
