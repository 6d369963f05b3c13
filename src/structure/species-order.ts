import { anionElements, type OxidationStates } from './ions.ts'
import { elementsOf, type Structure } from './structure.ts'

/** A structure with one block per element, and where each atom came from. */
export interface OrderedStructure {
  readonly structure: Structure
  /** [POSCAR ion] index in the built structure. */
  readonly toBuilt: readonly number[]
  /** [built ion] index in the POSCAR. */
  readonly fromBuilt: readonly number[]
}

/**
 * Sorts the atoms into one block per element; within a block they keep their order.
 *
 * VASP counts a repeated block as another species, and every per-species tag (LDAUU, MAGMOM, POTCAR) goes by blocks.
 *
 * @param order  elements in the order wanted, by default of first appearance; elements it leaves out follow behind
 */
export function inSpeciesOrder(structure: Structure, order: readonly string[] = []): OrderedStructure {
  const elements = [...new Set([...order, ...elementsOf(structure)])]
  const rank = new Map(elements.map((element, i) => [element, i]))
  const toBuilt = structure.sites
    .map((site, index) => ({ index, rank: rank.get(site.element) ?? 0 }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ index }) => index)
  const fromBuilt: number[] = toBuilt.map(() => 0)
  toBuilt.forEach((built, ion) => (fromBuilt[built] = ion))
  const sites = toBuilt.flatMap((index) => structure.sites[index] ?? [])
  return { structure: { ...structure, sites }, toBuilt, fromBuilt }
}

/**
 * The usual order for a doped host: its cations as they appear, the dopants, its anions: `Li Mn B O`.
 *
 * @param host  the undoped structure
 */
export function dopedSpeciesOrder(
  host: Structure,
  dopants: readonly string[],
  states: OxidationStates = {},
): readonly string[] {
  const anions = anionElements(host, states)
  const elements = elementsOf(host)
  const cations = elements.filter((element) => !anions.has(element))
  const added = dopants.filter((dopant) => !elements.includes(dopant))
  return [...new Set([...cations, ...added, ...elements.filter((element) => anions.has(element))])]
}
