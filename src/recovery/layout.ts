import type { LayoutChange } from './correction.ts'

export interface LayoutRequest {
  readonly nodes: number
  readonly ranksPerNode: number
  /** Irreducible k-points: see `kPointCount`. */
  readonly kPoints: number
  readonly bands: number
  /** Cores that share memory at full speed; NCORE stays within. Half a node unless known. */
  readonly coresPerSocket?: number
}

/** How the ranks share the work, and in words why so. */
export interface Layout {
  readonly nodes: number
  readonly ranksPerNode: number
  readonly KPAR: number
  readonly NCORE: number
  /** For the plan, one sentence a choice. */
  readonly explanation: readonly string[]
}

// Of the ranks, averaged over the rounds: below it too many groups wait for the last k-points.
const leastShare = 0.8

/**
 * KPAR and NCORE for a number of ranks.
 *
 * KPAR: the most groups that divide the ranks, keep at least 80 % of them busy (k/(KPAR·⌈k/KPAR⌉)) and do not cross
 * nodes needlessly. NCORE: of the numbers that divide a group, stay within a socket and waste the fewest bands, the
 * one nearest to the square root of the group.
 *
 * @source https://vasp.at/wiki/NCORE, https://vasp.at/wiki/KPAR, and the advice boxes of VASP 6.1 and 6.2
 */
export function chooseLayout(request: LayoutRequest): Layout {
  const { nodes, ranksPerNode, kPoints, bands } = request
  const ranks = nodes * ranksPerNode
  const KPAR = chooseKpar(ranks, request)
  const group = ranks / KPAR
  const NCORE = chooseNcore(group, request)
  const bandGroups = group / NCORE
  return {
    nodes,
    ranksPerNode,
    KPAR,
    NCORE,
    explanation: [
      kparWords(KPAR, kPoints, group),
      `NCORE = ${NCORE}: ${NCORE === 1 ? 'one core works' : `${NCORE} cores work together`} on a band, so ${bandGroups} of ${bands} bands at a time` +
        `${roundedBands(bands, bandGroups) > bands ? `; VASP rounds the bands up to ${roundedBands(bands, bandGroups)}` : ''}.`,
    ],
  }
}

function chooseKpar(ranks: number, { kPoints, ranksPerNode }: LayoutRequest): number {
  const fits = divisors(ranks).filter(
    (kpar) => kpar <= kPoints && kPoints / (kpar * Math.ceil(kPoints / kpar)) >= leastShare,
  )
  const local = fits.filter((kpar) => {
    const group = ranks / kpar
    return ranksPerNode % group === 0 || group % ranksPerNode === 0
  })
  return Math.max(1, ...local)
}

function chooseNcore(group: number, { ranksPerNode, coresPerSocket, bands }: LayoutRequest): number {
  const most = Math.max(1, coresPerSocket ?? Math.ceil(ranksPerNode / 2))
  const choices = divisors(group).filter((ncore) => ncore <= most && group / ncore <= bands)
  const badness = (ncore: number): number => {
    const waste = roundedBands(bands, group / ncore) / bands - 1
    return Math.abs(Math.log(ncore / Math.sqrt(group))) + 4 * waste
  }
  return choices.reduce(
    (best, ncore) => (badness(ncore) < badness(best) ? ncore : best),
    choices.at(-1) ?? most,
  )
}

function kparWords(KPAR: number, kPoints: number, group: number): string {
  if (kPoints === 1) return 'KPAR = 1: there is one k-point.'
  if (KPAR === 1)
    return `KPAR = 1: no larger number of groups divides the ranks and shares ${kPoints} k-points fairly.`
  return `KPAR = ${KPAR}: ${KPAR} groups of ${group} ranks take ${kPoints} k-points in ${Math.ceil(kPoints / KPAR)} rounds; each group holds a copy of the density.`
}

function roundedBands(bands: number, groups: number): number {
  return Math.ceil(bands / groups) * groups
}

function divisors(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0)
}

/**
 * Points of a Γ-centred mesh that time reversal leaves (ISYM = 0): (N + s)/2 with s = Π gcd(nᵢ, 2) points that are their
 * own opposite. All N with ISYM = −1; an upper bound with more symmetry.
 */
export function kPointCount(mesh: readonly [number, number, number], isym = 0): number {
  const all = mesh[0] * mesh[1] * mesh[2]
  if (isym < 0) return all
  const own = mesh.reduce((product, n) => product * (n % 2 === 0 ? 2 : 1), 1)
  return (all + own) / 2
}

/**
 * Bands that VASP takes by itself: max(⌈(electrons + 2)/2⌉ + max(⌊ions/2⌋, 3), ⌈0.6·electrons⌉).
 *
 * @source https://vasp.at/wiki/NBANDS
 */
export function defaultBandCount(electrons: number, ions: number): number {
  return Math.max(
    Math.ceil((electrons + 2) / 2) + Math.max(Math.floor(ions / 2), 3),
    Math.ceil(0.6 * electrons),
  )
}

/** The layout after a correction; undefined where it cannot go further that way. */
export function applyLayoutChange(layout: Layout, change: LayoutChange): Layout | undefined {
  const { nodes, ranksPerNode, KPAR, NCORE } = layout
  const group = (nodes * ranksPerNode) / KPAR
  const say = (changed: Partial<Layout>, words: string): Layout => ({
    ...layout,
    ...changed,
    explanation: [...layout.explanation, words],
  })
  switch (change) {
    case 'kpar-1':
      return KPAR === 1
        ? undefined
        : say({ KPAR: 1 }, 'KPAR = 1: one copy of the density instead of several.')
    case 'ncore-1':
      return NCORE === 1
        ? undefined
        : say({ NCORE: 1 }, 'NCORE = 1: one core a band, as the correction asks.')
    case 'double-ncore':
      return group % (2 * NCORE) === 0
        ? say({ NCORE: 2 * NCORE }, `NCORE = ${2 * NCORE}: more cores share the work arrays of a band.`)
        : undefined
    case 'halve-ranks-per-node':
      return ranksPerNode % 2 === 0
        ? onRanks(layout, nodes, ranksPerNode / 2, 'half the ranks a node leave twice the memory to each')
        : undefined
    case 'double-nodes':
      return onRanks(layout, 2 * nodes, ranksPerNode, 'twice the nodes hold twice the memory')
  }
}

/** KPAR and NCORE must divide what is left. */
function onRanks(layout: Layout, nodes: number, ranksPerNode: number, words: string): Layout {
  const ranks = nodes * ranksPerNode
  const KPAR = ranks % layout.KPAR === 0 ? layout.KPAR : 1
  const NCORE = [...divisors(ranks / KPAR)].reverse().find((n) => n <= layout.NCORE) ?? 1
  return {
    nodes,
    ranksPerNode,
    KPAR,
    NCORE,
    explanation: [...layout.explanation, `${nodes} × ${ranksPerNode} ranks: ${words}.`],
  }
}
