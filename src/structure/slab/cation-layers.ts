import { anionElements, oxidationStateOf, type OxidationStates } from '../ions.ts'
import { greatestCommonDivisor } from '../integer-lattice.ts'
import { reciprocalLattice } from '../lattice.ts'
import { rowTimesMatrix } from '../../base/matrix.ts'
import { dot, norm, type Vector3 } from '../../base/vector.ts'
import type { Structure } from '../structure.ts'
import { periodicPlanesOf } from './planes.ts'

/** Cations this near along the stacking direction are one layer; anions must be farther from it. */
const layerThicknessAngstrom = 0.5

const transitionMetals = new Set(
  'Sc Ti V Cr Mn Fe Co Ni Cu Zn Y Zr Nb Mo Tc Ru Rh Pd Ag Cd Hf Ta W Re Os Ir Pt Au Hg'.split(' '),
)

interface Layering {
  /** [ion] name of the layer, undefined for anions. */
  readonly names: readonly (string | undefined)[]
  /** How different the layers are in composition: 0 for equal layers, up to 1. */
  readonly contrast: number
  /** Mean distance of a layer to the next. */
  readonly spacingAngstrom: number
}

/**
 * Names the cation layers of a layered host: `TM-layer` where a transition metal is, else the elements (`Li-layer`).
 *
 * Looks for the lattice direction along which the cations fall into flat layers with anions only between them, and
 * whose layers differ most in composition. A direction that is not unique (spinel, rocksalt) is no layering.
 *
 * @returns [ion] name, undefined for anions and throughout for hosts that are not layered
 */
export function cationLayers(host: Structure, states: OxidationStates = {}): readonly (string | undefined)[] {
  const none = host.sites.map(() => undefined)
  const anions = anionElements(host, states)
  const isCation = host.sites.map(
    (site) => (oxidationStateOf(site, states) ?? 1) > 0 && !anions.has(site.element),
  )
  const layerings = smallIndices(3)
    .map((direction) => layeringAlong(host, isCation, direction))
    .filter((layering) => layering !== undefined)
    .sort((a, b) => compareLayerings(a, b))
  const [best, ...others] = layerings
  if (best === undefined || best.contrast < 1e-3) return none
  // Atoms may share two stacking directions (steep planes of the same layers); only a different grouping is a rival.
  const rival = others.some(
    (other) => compareLayerings(best, other) === 0 && !sameGroups(best.names, other.names),
  )
  return rival ? none : best.names
}

/** Most contrast first, then widest spacing; 0 where neither decides. */
function compareLayerings(a: Layering, b: Layering): number {
  const contrast = Math.round((b.contrast - a.contrast) * 1e3)
  return contrast === 0 ? Math.round((b.spacingAngstrom - a.spacingAngstrom) * 50) : contrast
}

function sameGroups(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): boolean {
  return a.every((name, i) => name === b[i])
}

function layeringAlong(
  host: Structure,
  isCation: readonly boolean[],
  direction: Vector3,
): Layering | undefined {
  const normal = rowTimesMatrix(direction, reciprocalLattice(host.lattice))
  const period = 1 / norm(normal)
  const height = (index: number) => {
    const x = dot(direction, host.sites[index]?.fractional ?? [0, 0, 0])
    return (x - Math.floor(x)) * period
  }
  const cations = isCation.flatMap((cation, index) => (cation ? [index] : []))
  const anionHeights = isCation.flatMap((cation, index) => (cation ? [] : [height(index)]))
  const layers = periodicPlanesOf(cations.map(height), period, layerThicknessAngstrom)
  const thick = layers.some((layer) => layer.high - layer.low > layerThicknessAngstrom)
  if (layers.length < 2 || thick || !anionsBetween(layers, anionHeights, period)) return undefined
  const members = layers.map((layer) => layer.members.map((member) => cations[member] ?? 0))
  return {
    names: namesOf(host, members),
    contrast: contrastOf(host, members),
    spacingAngstrom: period / layers.length,
  }
}

// Every anion lies clear of all layers, and at least one lies between each layer and the next.
function anionsBetween(
  layers: readonly { low: number; high: number }[],
  anions: readonly number[],
  period: number,
): boolean {
  const occupied = new Set<number>()
  for (const anion of anions) {
    const at = layers.findIndex((layer, i) => {
      const next = layers[i + 1]?.low ?? (layers[0]?.low ?? 0) + period
      const above = [anion, anion + period, anion - period].find(
        (z) => z > layer.high + layerThicknessAngstrom && z < next - layerThicknessAngstrom,
      )
      return above !== undefined
    })
    if (at < 0) return false
    occupied.add(at)
  }
  return occupied.size === layers.length
}

function namesOf(host: Structure, layers: readonly (readonly number[])[]): readonly (string | undefined)[] {
  const names: (string | undefined)[] = host.sites.map(() => undefined)
  for (const layer of layers) {
    const elements = [...new Set(layer.map((index) => host.sites[index]?.element ?? ''))]
    const name = elements.some((element) => transitionMetals.has(element))
      ? 'TM-layer'
      : `${elements.join('/')}-layer`
    for (const index of layer) names[index] = name
  }
  return names
}

/** Mean over the layers of half the sum of |fraction in the layer − fraction overall| over the elements. */
function contrastOf(host: Structure, layers: readonly (readonly number[])[]): number {
  const fraction = (members: readonly number[]) => {
    const counts = new Map<string, number>()
    for (const index of members) {
      const element = host.sites[index]?.element ?? ''
      counts.set(element, (counts.get(element) ?? 0) + 1 / members.length)
    }
    return counts
  }
  const overall = fraction(layers.flat())
  const differences = layers.map((layer) => {
    const own = fraction(layer)
    return [...overall].reduce(
      (sum, [element, share]) => sum + Math.abs((own.get(element) ?? 0) - share) / 2,
      0,
    )
  })
  return differences.reduce((a, b) => a + b, 0) / layers.length
}

/** One of each ± pair of index triples without common divisor. */
function smallIndices(largest: number): readonly Vector3[] {
  const range = Array.from({ length: 2 * largest + 1 }, (_, i) => i - largest)
  const all = range.flatMap((h) => range.flatMap((k) => range.map((l): Vector3 => [h, k, l])))
  return all.filter((v) => greatestCommonDivisor(v) === 1 && (v.find((x) => x !== 0) ?? 0) > 0)
}
