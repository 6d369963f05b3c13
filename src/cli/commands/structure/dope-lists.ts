import type { DistinctChoice } from '../../../app/structure/distinct-choices.ts'
import { bulkSites, type DopeTarget } from '../../../app/structure/dope-target.ts'
import { interstitialVoids, type InterstitialVoid } from '../../../structure/dopant/voids.ts'
import type { Structure } from '../../../structure/structure.ts'
import { alignedText } from '../../aligned-text.ts'
import type { CommandIo, CommandOptions } from '../../command.ts'
import { atomNumbers } from './info.ts'
import { siteTable, slabSites } from './slab-sites.ts'

/** Prints what could be doped: sites, or voids. */
export function listTarget(target: DopeTarget, options: CommandOptions, io: CommandIo): 0 {
  const voids = options['voids'] === true
  if (options['json'] === true) {
    const list = voids ? { voids: voidsOf(target, options['faces'] === true) } : { sites: target.slab ? slabSites(target.slab) : bulkSites(target.structure) }
    io.stdout.write(`${JSON.stringify({ ...list, structure: target.structure })}\n`)
    return 0
  }
  if (voids) io.stdout.write(voidTable(target, options['faces'] === true))
  else io.stdout.write(target.slab === undefined ? bulkTable(target.structure) : siteTable(target.slab))
  return 0
}

export interface NamedVoid {
  /** `tetrahedral-1`: kind and class, farthest from any cation first. */
  readonly name: string
  readonly place: InterstitialVoid
}

const voidKinds = ['tetrahedral', 'octahedral', 'face'] as const

/** One void of each symmetry class; triangular faces only when they are asked for, because there are many. */
export function voidsOf({ structure, operations }: DopeTarget, withFaces: boolean): readonly NamedVoid[] {
  return voidKinds.filter((kind) => withFaces || kind !== 'face').flatMap((kind) => {
    const all = interstitialVoids(structure, { kind, operations })
    const first = all.filter((place, i) => all.findIndex((other) => other.voidClass === place.voidClass) === i)
    return first.map((place) => ({ name: `${kind}-${place.voidClass + 1}`, place }))
  })
}

function voidTable(target: DopeTarget, withFaces: boolean): string {
  const named = voidsOf(target, withFaces)
  if (named.length === 0) return 'There is no empty tetrahedron or octahedron of anions.\n'
  const rows = named.map(({ name, place }) => [
    name,
    String(place.multiplicity),
    place.fractional.map((x) => x.toFixed(4)).join(' '),
    mean(place.anionDistancesAngstrom).toFixed(3),
    place.cations
      .slice(0, 3)
      .map(({ element, distanceAngstrom }) => `${element} ${distanceAngstrom.toFixed(2)}`)
      .join(', '),
  ])
  return alignedText(['void', 'number', 'one at', 'anions/Å', 'nearest cations/Å'], rows)
}

function bulkTable(structure: Structure): string {
  const rows = bulkSites(structure).map((site) => [
    site.label,
    site.wyckoff,
    String(site.coordination),
    String(site.indices.length),
    atomNumbers(site.indices),
  ])
  return alignedText(['site', 'Wyckoff', 'CN', 'atoms', 'numbers'], rows)
}

/** The distinct ways to choose some atoms, and how to ask for one. */
export function choiceTable({ structure }: DopeTarget, choices: readonly DistinctChoice[], options: CommandOptions): string {
  if (options['json'] === true) return `${JSON.stringify({ choices })}\n`
  const rows = choices.map(({ number, sites, multiplicity, nearestPairAngstrom }) => [
    String(number),
    sites.map((site) => structure.sites[site]?.label ?? String(site + 1)).join(' '),
    String(multiplicity),
    nearestPairAngstrom?.toFixed(2) ?? '',
  ])
  return `${alignedText(['choice', 'sites', 'equivalent', 'nearest pair/Å'], rows)}\n--choice takes one of them.\n`
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
