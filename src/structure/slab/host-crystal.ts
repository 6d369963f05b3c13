import type { Vector3 } from '../../base/vector.ts'
import { add, subtract } from '../../base/vector.ts'
import { anionElements, bondLimitAngstrom, oxidationStateOf, type OxidationStates } from '../ions.ts'
import { neighboursWithin, type Neighbour } from '../neighbours.ts'
import type { Site, Structure } from '../structure.ts'
import { analyseSymmetry, type Symmetry } from '../symmetry.ts'
import { EmptySlabError, OverlappingAtomsError } from './slab-errors.ts'

/** A bond of the perfect crystal: the partner, and the way to it in fractional coordinates of the host cell. */
export interface HostBond {
  readonly partner: number
  readonly toPartner: Vector3
}

/** The host with all that cutting needs to know about it. */
export interface HostCrystal {
  readonly structure: Structure
  readonly symmetry: Symmetry
  /** Pure translations of the cell in units of a, b, c, centring included; at least (0, 0, 0). */
  readonly translations: readonly Vector3[]
  /** [ion] formal charge in e, where known. */
  readonly oxidationStates: readonly (number | undefined)[]
  /** [ion][bond] cation–anion bonds by the bond-valence rule. */
  readonly bonds: readonly (readonly HostBond[])[]
}

export interface HostOptions {
  /** Formal charges by element; what a site itself carries goes first. */
  readonly oxidationStates?: OxidationStates
  readonly symprecAngstrom?: number
}

/** Nearer than this, two atoms are one atom written twice: H–H in H2 is 0.74 Å. */
const overlapAngstrom = 0.6

/**
 * @throws EmptySlabError for a host without atoms, OverlappingAtomsError
 * @throws SymmetryEngineMissingError before the symmetry engine is loaded
 */
export function analyseHost(structure: Structure, options: HostOptions = {}): HostCrystal {
  if (structure.sites.length === 0) throw new EmptySlabError('the host has none')
  refuseOverlaps(structure)
  const { symprecAngstrom } = options
  const symmetry = analyseSymmetry(structure, symprecAngstrom === undefined ? {} : { symprecAngstrom })
  return {
    structure,
    symmetry,
    translations: pureTranslations(symmetry),
    oxidationStates: structure.sites.map((site) => oxidationStateOf(site, options.oxidationStates)),
    bonds: cationAnionBonds(structure, options.oxidationStates ?? {}),
  }
}

function refuseOverlaps(structure: Structure): void {
  const name = (index: number) =>
    structure.sites[index]?.label ?? `${structure.sites[index]?.element} (${index + 1})`
  const close = neighboursWithin(structure, overlapAngstrom).flatMap((list, i) =>
    list
      .filter((near) => near.index >= i)
      .map((near) => `${name(i)} and ${name(near.index)} at ${near.distanceAngstrom.toFixed(2)} Å`),
  )
  if (close.length > 0) throw new OverlappingAtomsError(close)
}

// Snapped to fractions of the number of translations, which they are exactly; the finder returns 0.49999.
function pureTranslations(symmetry: Symmetry): readonly Vector3[] {
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1]
  const found = symmetry.operations.filter(({ rotation }) =>
    rotation.flat().every((x, i) => x === identity[i]),
  )
  const order = found.length
  const snap = (x: number) => (((Math.round(x * order) % order) + order) % order) / order
  return found.map(({ translation: [x, y, z] }) => [snap(x), snap(y), snap(z)])
}

/** [ion][bond] cation–anion bonds by the bond-valence rule, over all periodic images. */
export function cationAnionBonds(
  structure: Structure,
  states: OxidationStates = {},
): readonly (readonly HostBond[])[] {
  const anions = anionElements(structure, states)
  const limits = new Map<string, number>()
  const limit = (a: Site, b: Site): number => {
    if (anions.has(a.element) === anions.has(b.element)) return 0
    const [cation, anion] = anions.has(a.element) ? [b, a] : [a, b]
    const state = oxidationStateOf(cation, states)
    const key = `${cation.element} ${state} ${anion.element}`
    const known = limits.get(key) ?? bondLimitAngstrom(cation.element, state, anion.element)
    limits.set(key, known)
    return known
  }
  for (const a of structure.sites) for (const b of structure.sites) limit(a, b)
  const radius = Math.max(0, ...limits.values())
  const near = neighboursWithin(structure, radius)
  return structure.sites.map((site, i) =>
    (near[i] ?? []).flatMap((neighbour) => bondTo(structure, site, neighbour, limit)),
  )
}

function bondTo(
  structure: Structure,
  site: Site,
  near: Neighbour,
  limit: (a: Site, b: Site) => number,
): HostBond[] {
  const other = structure.sites[near.index]
  if (other === undefined || near.distanceAngstrom > limit(site, other)) return []
  return [{ partner: near.index, toPartner: add(subtract(other.fractional, site.fractional), near.image) }]
}
