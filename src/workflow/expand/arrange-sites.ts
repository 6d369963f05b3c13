import { distinctArrangements } from '../../structure/dopant/arrangements.ts'
import type { SiteRule } from '../screen/screen-schema.ts'
import type { BuiltHost } from './built-host.ts'
import type { ChosenSite } from './choose-sites.ts'
import { positionOf, type DopantPlace } from './defect.ts'
import { imageDistanceAngstrom } from './distances.ts'
import { TooFewIonsError } from './expand-errors.ts'

/** One way to put the dopants of a rule on equivalent sites. */
export interface SiteArrangement {
  readonly places: readonly DopantPlace[]
  /** Ending of the candidate's id: the distance of a pair, else a number; empty for one dopant. */
  readonly suffix: string
}

/** Dopants per face or cell that a rule asks for. */
export function dopantCount(rule: SiteRule, sites: number): number {
  if (rule.concentration !== undefined) return Math.max(1, Math.round(rule.concentration * sites))
  return rule.count ?? 1
}

/**
 * All symmetry-distinct ways to put a rule's number of dopants on the equivalent ions of a site.
 *
 * @throws TooManyCandidatesError beyond the limit of the rule, TooFewIonsError
 */
export function siteArrangements(
  host: BuiltHost,
  rule: SiteRule,
  { site }: ChosenSite,
): readonly SiteArrangement[] {
  const count = dopantCount(rule, site.labels.length)
  if (count === 1) return [{ places: [{ kind: 'site', label: site.label }], suffix: '' }]
  if (count > site.labels.length)
    throw new TooFewIonsError(
      `A rule for ${site.element} ${site.wyckoff}`,
      `${count} sites`,
      site.labels.length,
    )
  const index = new Map(host.ions.map(({ label }, i) => [label, i]))
  const found = distinctArrangements({
    sites: site.labels.map((label) => index.get(label) ?? 0),
    counts: [count],
    permutations: host.permutations(),
    limit: rule.limit,
  })
  const all = found.map(({ sites }) => (sites[0] ?? []).map((ion) => host.ions[ion]?.label ?? ''))
  const named =
    count === 2 ? namedPairs(host, all) : all.map((labels, i) => ({ labels, suffix: `-${i + 1}` }))
  return named.map(({ labels, suffix }) => ({
    places: labels.map((label) => ({ kind: 'site', label })),
    suffix,
  }))
}

interface NamedLabels {
  readonly labels: readonly string[]
  readonly suffix: string
}

/** Pairs by their distance, nearest first, with a letter where two have the same. */
function namedPairs(host: BuiltHost, pairs: readonly (readonly string[])[]): readonly NamedLabels[] {
  const distances = pairs.map(([first = '', second = '']) =>
    imageDistanceAngstrom(host.structure.lattice, positionOf(host, first), positionOf(host, second)).toFixed(
      2,
    ),
  )
  const named = pairs.map((labels, i) => {
    const distance = distances[i] ?? ''
    const before = distances.slice(0, i).filter((other) => other === distance).length
    return {
      labels,
      distance: Number(distance),
      suffix: `-${distance}A${before === 0 ? '' : `-${String.fromCodePoint(97 + before)}`}`,
    }
  })
  return named.toSorted((a, b) => a.distance - b.distance)
}
