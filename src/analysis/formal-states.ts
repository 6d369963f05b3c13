import type { Site, Structure } from '../structure/structure.ts'

/** Formal charges in e by element, for instance { Li: 1, Mn: 4, O: -2 }. A site's own `oxidationState` comes first. */
export type FormalStates = Readonly<Record<string, number>>

export function formalState(site: Site, states: FormalStates): number | undefined {
  return site.oxidationState ?? states[site.element]
}

/** What counts as an anion when no charge says so. */
const usualAnions = ['O', 'F', 'Cl', 'S', 'N', 'Se', 'Br', 'I']

export function isAnion(site: Site, states: FormalStates): boolean {
  const state = formalState(site, states)
  return state === undefined ? usualAnions.includes(site.element) : state < 0
}

/** 0-based indices of the sites of one element. */
export function indicesOf(structure: Structure, element: string): readonly number[] {
  return structure.sites.flatMap((site, index) => (site.element === element ? [index] : []))
}
