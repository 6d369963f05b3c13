import { seededRandom, type Random } from '../../../src/base/seeded-random.ts'

/** What falls on the cluster and on the way to it, whoever drives it. */
export const outsideKinds = [
  'cut the connections',
  'freeze the controller',
  'stop the controller',
  'stop the controller while submitting',
  'kill the controller',
  'kill a job',
  'fill the disk',
] as const
export const embeddedKinds = ['kill the engine'] as const
export const serverKinds = [
  'kill the submit worker',
  'kill the poll worker',
  'kill a collect worker',
  'kill the reconcile worker',
  'stop PostgreSQL',
  'crash PostgreSQL',
  'kill Redis',
  'empty Redis',
] as const

export type BlowKind = (typeof outsideKinds)[number] | (typeof embeddedKinds)[number] | (typeof serverKinds)[number]

export interface Blow {
  readonly kind: BlowKind
  /** Since the end of the blow before. */
  readonly afterSeconds: number
  /** How long what was stopped stays so. */
  readonly forSeconds: number
  /** Which of several is hit, from 0 to 1. */
  readonly which: number
}

/** The same for the same seed. Every kind comes once before any comes again. */
export function planBlows(seed: string, count: number, kinds: readonly BlowKind[]): readonly Blow[] {
  const random = seededRandom(seed)
  const order: BlowKind[] = []
  while (order.length < count) order.push(...shuffled(kinds, random))
  return order.slice(0, count).map((kind) => ({ kind, afterSeconds: 1 + 5 * random(), forSeconds: 2 + 4 * random(), which: random() }))
}

function shuffled<T>(values: readonly T[], random: Random): readonly T[] {
  const left = [...values]
  return values.flatMap(() => left.splice(Math.floor(random() * left.length), 1))
}
