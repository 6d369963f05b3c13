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
export function siteArrangements(host: BuiltHost, rule: SiteRule, { site }: ChosenSite): readonly SiteArrangement[] {
  const count = dopantCount(rule, site.labels.length)
  if (count === 1) return [{ places: [{ kind: 'site', label: site.label }], suffix: '' }]
  if (count > site.labels.length)
    throw new TooFewIonsError(`A rule for ${site.element} ${site.wyckoff}`, `${count} sites`, site.labels.length)
  const index = new Map(host.ions.map(({ label }, i) => [label, i]))
  const found = distinctArrangements({
    sites: site.labels.map((label) => index.get(label) ?? 0),
    counts: [count],
    permutations: host.permutations(),
    limit: rule.limit,
  })
  const taken = new Map<string, number>()
  return found.map(({ sites }, i) => {
    const labels = (sites[0] ?? []).map((ion) => host.ions[ion]?.label ?? '')
    return { places: labels.map((label) => ({ kind: 'site', label })), suffix: arrangementName(host, labels, i, taken) }
  })
}

/** Pairs are named by their distance, with a letter where two have the same. */
function arrangementName(host: BuiltHost, labels: readonly string[], i: number, taken: Map<string, number>): string {
  const [first = '', second = ''] = labels
  if (labels.length !== 2) return `-${i + 1}`
  const distance = imageDistanceAngstrom(host.structure.lattice, positionOf(host, first), positionOf(host, second))
  const name = `-${distance.toFixed(2)}A`
  const before = taken.get(name) ?? 0
  taken.set(name, before + 1)
  return before === 0 ? name : `${name}-${String.fromCodePoint(97 + before)}`
}
