import { neighboursOf } from '../structure/neighbours.ts'
import type { Structure } from '../structure/structure.ts'
import { indicesOf } from './formal-states.ts'

/** Named after the free molecule or ion of that length, without saying that it is one. */
export type OxygenPairClass = 'O2-like' | 'superoxo-like' | 'peroxo-like' | 'shortened'

export interface OxygenPair {
  /** 0-based, lower index first. */
  readonly indices: readonly [number, number]
  /** Lattice translation of the second oxygen. */
  readonly image: readonly [number, number, number]
  readonly distanceAngstrom: number
  readonly class: OxygenPairClass
  /** Sum of both moments: about 2 μB for O2, 1 for superoxide, 0 for peroxide. */
  readonly momentMuB?: number
  /** Sum of both net charges. */
  readonly netChargeE?: number
}

/**
 * Upper limits in Å. Free species: O2 1.21, superoxide 1.30 to 1.35, peroxide 1.45 to 1.50; the lattice has 2.54 and more.
 *
 * @source Chen and Islam, Chem. Mater. 28, 6656 (2016) for dimers of about 1.3 Å in delithiated Li2MnO3
 */
export const oxygenPairLimitsAngstrom: readonly (readonly [OxygenPairClass, number])[] = [
  ['O2-like', 1.25],
  ['superoxo-like', 1.4],
  ['peroxo-like', 1.7],
  ['shortened', 2.3],
]

/** Class of an O–O distance; undefined for what the lattice has anyway. Below 1.7 Å it is a dimer. */
export function oxygenPairClass(distanceAngstrom: number): OxygenPairClass | undefined {
  return oxygenPairLimitsAngstrom.find(([, limit]) => distanceAngstrom < limit)?.[0]
}

/** What may be known per ion, POSCAR order. */
export interface PerIon {
  readonly momentsMuB?: readonly number[]
  readonly netChargesE?: readonly number[]
}

/** Every pair of oxygens closer than 2.3 Å, shortest first; each periodic image is a pair of its own. */
export function oxygenPairs(structure: Structure, perIon: PerIon = {}): readonly OxygenPair[] {
  const reach = oxygenPairLimitsAngstrom.at(-1)?.[1] ?? 0
  const oxygen = new Set(indicesOf(structure, 'O'))
  const pairs = [...oxygen].flatMap((first) =>
    neighboursOf(structure, first, reach).flatMap(
      ({ index: second, image, distanceAngstrom }): OxygenPair[] => {
        const kind = oxygenPairClass(distanceAngstrom)
        if (kind === undefined || !oxygen.has(second) || !isCountedHere(first, second, image)) return []
        return [
          { indices: [first, second], image, distanceAngstrom, class: kind, ...sums(perIon, first, second) },
        ]
      },
    ),
  )
  return pairs.sort((a, b) => a.distanceAngstrom - b.distanceAngstrom)
}

/** The shortest O–O distance in Å, whatever its class; null with fewer than two oxygens within 4 Å. */
export function shortestOxygenDistanceAngstrom(structure: Structure): number | null {
  const oxygen = new Set(indicesOf(structure, 'O'))
  const distances = [...oxygen].flatMap((first) => {
    const nearest = neighboursOf(structure, first, 4).find(({ index }) => oxygen.has(index))
    return nearest === undefined ? [] : [nearest.distanceAngstrom]
  })
  return distances.length === 0 ? null : Math.min(...distances)
}

/** A pair is seen from both ends; an ion and its own image from both directions. */
function isCountedHere(first: number, second: number, [i, j, k]: readonly [number, number, number]): boolean {
  if (first !== second) return first < second
  return i > 0 || (i === 0 && (j > 0 || (j === 0 && k > 0)))
}

function sums({ momentsMuB, netChargesE }: PerIon, first: number, second: number) {
  const sum = (values: readonly number[] | undefined): number | undefined => {
    const [a, b] = [values?.[first], values?.[second]]
    return a === undefined || b === undefined ? undefined : a + b
  }
  const [momentMuB, netChargeE] = [sum(momentsMuB), sum(netChargesE)]
  return {
    ...(momentMuB === undefined ? {} : { momentMuB }),
    ...(netChargeE === undefined ? {} : { netChargeE }),
  }
}
