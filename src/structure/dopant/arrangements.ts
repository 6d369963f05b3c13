import { TooManyCandidatesError } from './dopant-errors.ts'

/** Where the dopants go: `sites[k]` holds the places of kind k. */
export interface Arrangement {
  /** [kind][dopant] site indices, ascending within a kind. */
  readonly sites: readonly (readonly number[])[]
  /** How many arrangements are equivalent to it. */
  readonly multiplicity: number
}

export interface ArrangementRequest {
  /** Sites that may be taken. */
  readonly sites: readonly number[]
  /** Dopants of each kind: [2] for a pair of B, [1, 1] for one B and one Al. */
  readonly counts: readonly number[]
  /** [operation][ion] the group, as permutations of all ions; must contain the identity. */
  readonly permutations: readonly (readonly number[])[]
  /** Refuse more than this many results; 10 000 by default. */
  readonly limit?: number
}

/**
 * All symmetry-distinct ways to put dopants on sites, one of each class, in a stable order.
 *
 * Grows the arrangements one dopant at a time and keeps the smallest image under the group of each: every class of n
 * dopants holds one that extends a kept arrangement of n − 1.
 *
 * @throws TooManyCandidatesError, before any work is done
 */
export function distinctArrangements(request: ArrangementRequest): readonly Arrangement[] {
  const total = countArrangements(request)
  const limit = request.limit ?? 10_000
  if (total > limit) throw new TooManyCandidatesError(total, limit)
  const { group, size } = groupOnSites(request)
  const kinds = request.counts.flatMap((count, kind) => Array.from({ length: count }, () => kind))
  let kept: readonly (readonly number[])[] = [[]]
  kinds.forEach((kind) => (kept = extended(kept, kind, group, size)))
  return kept.map((code) => ({
    sites: request.counts.map((_, kind) =>
      code.filter((x) => Math.floor(x / size) === kind).map((x) => request.sites[x % size] ?? 0),
    ),
    multiplicity: group.length / stabiliserSize(code, group, size),
  }))
}

/**
 * Number of classes by Burnside's lemma: the mean over the group of the arrangements that an operation leaves as they
 * are. A cycle of length n is filled by one kind as a whole or stays empty: Π (1 + Σ xₖⁿ).
 *
 * @source Burnside's lemma with the cycle index, Pólya, Acta Math. 68, 145 (1937)
 */
export function countArrangements(request: ArrangementRequest): number {
  const { group } = groupOnSites(request)
  const fixed = group.map((permutation) => fixedArrangements(cycleLengths(permutation), request.counts))
  return Math.round(fixed.reduce((a, b) => a + b, 0) / group.length)
}

function fixedArrangements(cycles: readonly number[], counts: readonly number[]): number {
  const ways = new Map<string, number>([[counts.map(() => 0).join(), 1]])
  for (const length of cycles) {
    // As they were before this cycle: it may be used once only.
    const before = [...ways]
    for (const [key, number] of before) {
      const filled = key.split(',').map(Number)
      counts.forEach((count, kind) => {
        if ((filled[kind] ?? 0) + length > count) return
        const next = filled.map((x, k) => (k === kind ? x + length : x)).join()
        ways.set(next, (ways.get(next) ?? 0) + number)
      })
    }
  }
  return ways.get(counts.join()) ?? 0
}

function cycleLengths(permutation: readonly number[]): readonly number[] {
  const seen = new Set<number>()
  const lengths: number[] = []
  permutation.forEach((_, start) => {
    let length = 0
    for (let at = start; !seen.has(at); at = permutation[at] ?? at) {
      seen.add(at)
      length += 1
    }
    if (length > 0) lengths.push(length)
  })
  return lengths
}

// The group on positions in `sites`; operations that agree there count once.
function groupOnSites({ sites, permutations }: ArrangementRequest): {
  group: readonly (readonly number[])[]
  size: number
} {
  const position = new Map(sites.map((site, i) => [site, i]))
  const restricted = permutations.map((permutation) =>
    sites.map((site) => position.get(permutation[site] ?? -1) ?? -1),
  )
  const closed = restricted.filter((permutation) => !permutation.includes(-1))
  const distinct = new Map(
    [sites.map((_, i) => i), ...closed].map((permutation) => [permutation.join(), permutation]),
  )
  return { group: [...distinct.values()], size: sites.length }
}

// An arrangement is a list of kind · size + position, ascending: kinds stay apart, and lists compare as a whole.
function extended(
  kept: readonly (readonly number[])[],
  kind: number,
  group: readonly (readonly number[])[],
  size: number,
) {
  const found = new Map<string, readonly number[]>()
  for (const code of kept) {
    const taken = new Set(code.map((x) => x % size))
    for (let position = 0; position < size; position++) {
      if (taken.has(position)) continue
      const smallest = smallestImage([...code, kind * size + position], group, size)
      found.set(smallest.join(), smallest)
    }
  }
  return [...found.values()].sort(compareLists)
}

function smallestImage(
  code: readonly number[],
  group: readonly (readonly number[])[],
  size: number,
): readonly number[] {
  return group
    .map((permutation) => imageOf(code, permutation, size))
    .reduce((a, b) => (compareLists(b, a) < 0 ? b : a))
}

function stabiliserSize(
  code: readonly number[],
  group: readonly (readonly number[])[],
  size: number,
): number {
  return group.filter((permutation) => compareLists(imageOf(code, permutation, size), code) === 0).length
}

function imageOf(code: readonly number[], permutation: readonly number[], size: number): readonly number[] {
  return code.map((x) => x - (x % size) + (permutation[x % size] ?? 0)).sort((a, b) => a - b)
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
