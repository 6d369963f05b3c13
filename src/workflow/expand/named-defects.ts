import type { Candidate } from '../candidate.ts'
import type { CompensationScheme, DopantRules, Screen, SiteRule } from '../screen/screen-schema.ts'
import { siteArrangements } from './arrange-sites.ts'
import type { BuiltHost } from './built-host.ts'
import { chooseSites, type ChosenSite } from './choose-sites.ts'
import { chooseVoids, type ChosenVoid } from './choose-voids.ts'
import { compensated, withVacancies, type Compensated } from './compensation.ts'
import type { Defect, DopantPlace } from './defect.ts'
import { NoSiteRuleError } from './expand-errors.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'
import { siteRules } from './preset-sites.ts'

/** A defect before it is built, with its name. */
export interface NamedDefect extends Compensated {
  readonly id: string
  readonly series: string
  readonly element: string
  readonly site: Omit<NonNullable<Candidate['site']>, 'ionIndices'>
  readonly depthAngstrom: number | null
}

/** Every defect that the rules of a screen ask for, once; equal ones that two rules name are told in `repeated`. */
export interface NamedDefects {
  readonly defects: readonly NamedDefect[]
  readonly repeated: readonly string[]
}

/** @throws NoSiteRuleError, and what choosing, arranging and compensating throw */
export function namedDefects(screen: Screen, host: BuiltHost): NamedDefects {
  const { dopants } = screen
  if (dopants === undefined) return { defects: [], repeated: [] }
  const rules = siteRules(screen, host)
  if (rules.length === 0) throw new NoSiteRuleError()
  const all = rules.flatMap((rule) =>
    spotsOf(screen, host, rule).flatMap((spot) =>
      dopants.elements.flatMap((element) => defectsAt(screen, host, rule, spot, element)),
    ),
  )
  return withoutRepeats(all)
}

/** A place of a rule in words, before it is known what goes there. */
interface Spot {
  readonly series: string
  readonly suffix: string
  readonly places: readonly DopantPlace[]
  readonly site: NamedDefect['site']
  readonly depthAngstrom: number | null
}

function spotsOf(screen: Screen, host: BuiltHost, rule: SiteRule): readonly Spot[] {
  if (rule.interstitial !== undefined) return chooseVoids(screen, host, rule).map(voidSpot)
  return chooseSites(host, rule).flatMap((chosen) =>
    siteArrangements(host, rule, chosen).map(({ places, suffix }) => siteSpot(chosen, places, suffix)),
  )
}

function siteSpot(
  { series, suffix, place, site }: ChosenSite,
  places: readonly DopantPlace[],
  arrangement: string,
): Spot {
  const { element, wyckoff, layer, depthAngstrom } = site
  return {
    series: `on-${series}`,
    suffix: suffix + arrangement,
    places,
    site: { element, wyckoff, layer: layer ?? null, place },
    depthAngstrom,
  }
}

function voidSpot({
  series,
  suffix,
  place,
  kind,
  fractional,
  anchor,
  depthAngstrom,
  nearestCation,
}: ChosenVoid): Spot {
  const near = nearestCation === '' ? '' : `, ${nearestCation} Å away`
  const site = { element: 'interstitial', wyckoff: kind, layer: null, place: place + near }
  return {
    series: `in-${series}`,
    suffix,
    places: [{ kind: 'void', fractional, anchor }],
    site,
    depthAngstrom,
  }
}

function defectsAt(
  screen: Screen,
  host: BuiltHost,
  rule: SiteRule,
  spot: Spot,
  element: string,
): readonly NamedDefect[] {
  const states = siteOrDefaultStates(screen)
  const state = states[element]
  const count = spot.places.length
  const name = `${element}${count === 1 ? '' : count}-${spot.series}${spot.suffix}`
  const bare: Defect = {
    dopant: { element, ...(state === undefined ? {} : { oxidationState: state }) },
    places: spot.places,
    removedLabels: [],
    added: [],
  }
  const remove = rule.interstitial?.remove
  const defect =
    remove === undefined ? bare : withVacancies(host, bare, { ...remove, place: 'nearest', name })
  return schemesOf(screen.dopants).map((scheme) => {
    const mended = compensated(host, states, defect, scheme, name)
    const { site, depthAngstrom } = spot
    return {
      ...mended,
      id: `${name}${mended.suffix}`,
      series: spot.series.slice(3),
      element,
      site,
      depthAngstrom,
    }
  })
}

function schemesOf(dopants: DopantRules | undefined): readonly CompensationScheme[] {
  const given = dopants?.compensation ?? 'electronic'
  return Array.isArray(given) ? given : [given as CompensationScheme]
}

// Sites come as the first of their orbit and arrangements as the smallest image under the group, so equal text is an
// equal defect, and other text another one.
function withoutRepeats(all: readonly NamedDefect[]): NamedDefects {
  const byContent = new Map<string, NamedDefect>()
  const ids = new Set<string>()
  const repeated: string[] = []
  for (const each of all) {
    const content = JSON.stringify(each.defect)
    const earlier = byContent.get(content)
    if (earlier === undefined) {
      const id = freeId(each, ids)
      ids.add(id)
      byContent.set(content, { ...each, id })
    } else if (earlier.id !== each.id) repeated.push(`${each.id} is the same as ${earlier.id} and left out.`)
  }
  return { defects: [...byContent.values()], repeated }
}

/** Two rules without names may give the same id: the position, the depth or a number tells them apart. */
function freeId({ id, site, depthAngstrom }: NamedDefect, taken: ReadonlySet<string>): string {
  const names = [id, `${id}-${site.wyckoff}`, `${id}-${site.wyckoff}-${depthAngstrom?.toFixed(2) ?? 'bulk'}A`]
  const free = names.find((name) => !taken.has(name))
  if (free !== undefined) return free
  let number = 2
  while (taken.has(`${id}-${number}`)) number += 1
  return `${id}-${number}`
}
