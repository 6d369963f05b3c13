import { elementData } from '../base/elements-data.ts'
import { bondLengthCutoffAngstrom, bondValenceParameters, fittedStates } from './bond-valence.ts'
import { elementsOf, type Site, type Structure } from './structure.ts'

/** Formal charges in e by element, for instance `{ Li: 1, Mn: 4, O: -2 }`. */
export type OxidationStates = Readonly<Record<string, number>>

/** What the site itself says, else what the table says for its element. */
export function oxidationStateOf(site: Site, states: OxidationStates = {}): number | undefined {
  return site.oxidationState ?? (Object.hasOwn(states, site.element) ? states[site.element] : undefined)
}

/**
 * Elements that act as anions: those with negative states, and where states are unknown the usual ones.
 *
 * Without states, N, O and halogens always count; S, Se and Te only where none of these is present (SO₄²⁻ has S6+).
 */
export function anionElements(structure: Structure, states: OxidationStates = {}): ReadonlySet<string> {
  const known = structure.sites.filter((site) => oxidationStateOf(site, states) !== undefined)
  const negative = known.filter((site) => (oxidationStateOf(site, states) ?? 0) < 0)
  if (negative.length > 0) return new Set(negative.map((site) => site.element))
  const present = elementsOf(structure)
  const hard = present.filter((element) => ['O', 'F', 'N', 'Cl', 'Br', 'I'].includes(element))
  return new Set(
    hard.length > 0 ? hard : present.filter((element) => ['S', 'Se', 'Te', 'P', 'As'].includes(element)),
  )
}

/**
 * Longest distance in Å at which a cation and an anion count as bonded.
 *
 * Bond valence at least 0.04 of the formal charge; the lowest fitted state where none is given; 1.2 × the sum of the
 * covalent radii where the pair has no bond-valence parameters.
 */
export function bondLimitAngstrom(cation: string, state: number | undefined, anion: string): number {
  const charge = state !== undefined && state > 0 ? state : fittedStates(cation, anion)[0]
  if (charge !== undefined && bondValenceParameters({ cation, oxidationState: charge, anion }) !== undefined)
    return bondLengthCutoffAngstrom(cation, charge, anion)
  const radius = (element: string) => elementData[element]?.covalentRadiusAngstrom ?? 1.5
  return 1.2 * (radius(cation) + radius(anion))
}
