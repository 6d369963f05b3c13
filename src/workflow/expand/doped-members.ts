import { anionElements } from '../../structure/ions.ts'
import { neighboursOf } from '../../structure/neighbours.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { asWritten } from './as-written.ts'
import type { BuiltHost } from './built-host.ts'
import { chemistryOf } from './describe-candidate.ts'
import { dopedStructure, type DopedStructure } from './doped-structure.ts'
import { startWords, type Member } from './member.ts'
import { offCentreShiftAngstrom } from './preset-sites.ts'
import type { SeededHost } from './seeded-host.ts'
import { frozenWords, hasUnlikeFaces } from './undoped-members.ts'
import { orderSuffix, variationsOf, type Variation } from './variations.ts'
import type { NamedDefect } from './named-defects.ts'

/** A defect in the host, once for each start. */
export function dopedMembers(
  screen: Screen,
  host: BuiltHost,
  seeded: SeededHost,
  named: NamedDefect,
): readonly Member[] {
  return variationsOf(screen, true).map((variation) => dopedMember(screen, host, seeded, named, variation))
}

function dopedMember(
  screen: Screen,
  host: BuiltHost,
  seeded: SeededHost,
  named: NamedDefect,
  variation: Variation,
): Member {
  const { element, defect, site, depthAngstrom, series, words } = named
  const id = `${named.id}${variation.suffix}`
  const doped = dopedStructure(host, seeded(variation.order), {
    defect,
    faces: screen.dopants?.faces ?? 'both',
    offCentreAngstrom: screen.dopants === undefined ? 0 : offCentreShiftAngstrom(screen.dopants, element),
    bondDistortion: variation.bondDistortion,
    seed: variation.seed,
  })
  const { structure: built, removedLabels, movesWith, pairing, faces, warnings } = doped
  const added = [element, ...defect.added.map(({ ion }) => ion.element)]
  const structure = asWritten(screen, { id, built, added, removedLabels, pairing, seed: variation.seed })
  const ionIndices = dopantIndices(structure, doped)
  const parentId = screen.dopants?.start === 'relaxed-pristine' ? `pristine${orderSuffix(screen, variation)}` : undefined
  return {
    structure,
    origin:
      parentId === undefined
        ? { kind: 'built' }
        : { kind: 'in-relaxed-host', parentId, movesWith: hostPlaces(host, structure, movesWith) },
    variation,
    hasDipole: faces === 'one' || hasUnlikeFaces(host),
    ...(words === undefined ? {} : { ionsMoved: words }),
    candidate: {
      id,
      series,
      dopant: element,
      site: { ...site, ionIndices },
      depthAngstrom,
      delithiation: null,
      faces,
      frozenLayers: frozenWords(host, screen),
      warnings: [...warnings, ...crowdedWarnings(structure, ionIndices)],
      ...chemistryOf(screen, structure, words),
      ...startWords(named.id, id),
      ...(parentId === undefined ? {} : { startsFrom: parentId }),
    },
  }
}

/** Cations nearer to each other than this fly apart: those that share a face of oxygens are 1.7 Å away. */
const crowdedAngstrom = 1.6

function crowdedWarnings(structure: Member['structure'], dopants: readonly number[]): readonly string[] {
  const [first] = dopants
  if (first === undefined) return []
  const anions = anionElements(structure)
  const near = neighboursOf(structure, first, crowdedAngstrom).filter(
    ({ index }) => !anions.has(structure.sites[index]?.element ?? ''),
  )
  return near.map(({ index, distanceAngstrom }) => {
    const other = structure.sites[index]
    return `${other?.label ?? ''} is only ${distanceAngstrom.toFixed(2)} Å from the dopant: take it out with \`interstitial.remove\`, or choose another void.`
  })
}

/** [site] of a structure: the ions of the host that it moves with; an ion of the host moves with itself. */
function hostPlaces(host: BuiltHost, { sites }: Member['structure'], movesWith: DopedStructure['movesWith']) {
  const before = new Map(host.structure.sites.map(({ label, fractional }) => [label, fractional]))
  return sites.map(({ label = '' }) =>
    (movesWith.get(label) ?? [label]).flatMap((ion) => {
      const fractional = before.get(ion)
      return fractional === undefined ? [] : { label: ion, fractional }
    }),
  )
}

function dopantIndices({ sites }: Member['structure'], { dopantLabels }: DopedStructure): readonly number[] {
  return sites.flatMap((site, i) => (dopantLabels.includes(site.label ?? '') ? [i] : []))
}
