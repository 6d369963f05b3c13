import type { AtomPairing } from '../../structure/dopant/paired-rattle.ts'
import type { VacancyRule, Screen } from '../screen/screen-schema.ts'
import { asWritten } from './as-written.ts'
import type { BuiltHost } from './built-host.ts'
import { chooseSites, type ChosenSite } from './choose-sites.ts'
import { chemistryOf } from './describe-candidate.ts'
import { startWords, type Member } from './member.ts'
import type { SeededHost } from './seeded-host.ts'
import { frozenWords, hasUnlikeFaces } from './undoped-members.ts'
import { variationsOf, type Variation } from './variations.ts'

/** The host with one ion taken out, or with two that a symmetry operation of the slab relates: `vO`, `vO-subsurface`. */
export function vacancyMembers(screen: Screen, host: BuiltHost, seeded: SeededHost): readonly Member[] {
  const all = screen.vacancies.flatMap((rule) => {
    const { remove, wyckoff, depth } = rule
    const sites = chooseSites(host, { replace: remove, depth, limit: 50, ...(wyckoff === undefined ? {} : { wyckoff }) })
    return sites.flatMap((chosen) =>
      variationsOf(screen, false).map((variation) => vacancyMember(screen, host, seeded, rule, chosen, variation)),
    )
  })
  return [...new Map(all.map((member) => [member.candidate.id, member])).values()]
}

function vacancyMember(
  screen: Screen,
  host: BuiltHost,
  seeded: SeededHost,
  { remove, faces }: VacancyRule,
  { suffix, place, site }: ChosenSite,
  variation: Variation,
): Member {
  const firstId = `v${remove}${suffix}`
  const id = `${firstId}${variation.suffix}`
  const { twin, pairing } = faces === 'both' ? twinOf(host, site.label) : noTwin
  const removedLabels = [site.label, ...twin]
  const built = seeded(variation.order)
  const structure = asWritten(screen, { id, built, added: [], removedLabels, pairing, seed: variation.seed })
  const isPaired = twin.length > 0
  const { element, wyckoff, layer, depthAngstrom } = site
  return {
    structure,
    origin: { kind: 'built' },
    variation,
    hasDipole: host.slab !== undefined && (!isPaired || hasUnlikeFaces(host)),
    candidate: {
      id,
      series: 'vacancy',
      dopant: null,
      site: { element, wyckoff, layer: layer ?? null, place: `${place}, vacant`, ionIndices: [] },
      depthAngstrom,
      delithiation: null,
      faces: host.slab === undefined ? 'none' : isPaired ? 'both' : 'one',
      frozenLayers: frozenWords(host, screen),
      warnings: [],
      vacancy: { element: remove, count: removedLabels.length },
      ...chemistryOf(screen, structure),
      ...startWords(firstId, id),
    },
  }
}

const noTwin = { twin: [], pairing: undefined } as const

/** The same ion on the other face, and the operation that leads to it. */
function twinOf(
  host: BuiltHost,
  label: string,
): { readonly twin: readonly string[]; readonly pairing: AtomPairing | undefined } {
  const partner = host.partner(label)
  if (partner === undefined) return noTwin
  const twin = host.ions[partner.permutation[host.ions.findIndex((ion) => ion.label === label)] ?? -1]
  if (twin === undefined || twin.label === label) return noTwin
  return { twin: [twin.label], pairing: { permutation: partner.permutation, rotation: partner.rotation } }
}
