import { equivalentOnOtherFace } from '../../structure/dopant/other-face.ts'
import { pairedRattle, type AtomPairing } from '../../structure/dopant/paired-rattle.ts'
import { rattle } from '../../structure/dopant/rattle.ts'
import { withMoments, magneticSeed } from '../../structure/magnetic-order.ts'
import { buildSlab } from '../../structure/slab/build-slab.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import { dopedSpeciesOrder, inSpeciesOrder } from '../../structure/species-order.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Plan } from '../plan.ts'
import type { Screen, SiteRule } from '../screen/screen-schema.ts'
import { chooseSites, type ChosenSite } from './choose-sites.ts'
import { delithiatedMembers } from './delithiated-members.ts'
import { chemistryOf } from './describe-candidate.ts'
import { dopedStructure } from './doped-structure.ts'
import { NoSiteRuleError, SlabMissingError } from './expand-errors.ts'
import type { Member } from './member.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'
import { planMember } from './plan-member.ts'
import { offCentreShiftAngstrom, siteRules } from './preset-sites.ts'
import { screenNotes } from './screen-notes.ts'

/**
 * Everything that a screen asks for: its members and the graph of their calculations.
 *
 * The same screen and host give the same plan, atom by atom.
 *
 * @param host the crystal that the screen's host file holds
 */
export function expandScreen(screen: Screen, host: Structure): Plan {
  const slab = slabOf(screen, host)
  const seeded = seededSlab(screen, slab)
  const built = [pristine(screen, slab, seeded), ...dopedMembers(screen, slab, seeded)]
  const members = [...built, ...delithiatedMembers(screen, slab, built)]
  return {
    screenName: screen.name,
    title: screen.title ?? screen.name,
    site: screen.site,
    candidates: members.map((member) => member.candidate),
    calculations: members.flatMap((member) => planMember(screen, member)),
    notes: screenNotes(screen, slab),
  }
}

function slabOf(screen: Screen, host: Structure): Slab {
  if (screen.slab === undefined) throw new SlabMissingError()
  const { millerIndex, termination, repeats, supercell, vacuumAngstrom, freeze } = screen.slab
  return buildSlab(host, {
    millerIndex,
    termination,
    thickness: { repeats },
    cell: { repeats: supercell },
    vacuumAngstrom,
    frozen: freeze === 'none' ? 'none' : { part: 'centre', repeats: 1 },
    oxidationStates: siteOrDefaultStates(screen),
  })
}

/** Moments are given before doping, so that every member of the series starts from the same order. */
function seededSlab(screen: Screen, slab: Slab): Structure {
  const order = screen.method.magneticOrder === 'fm' ? 'ferromagnetic' : 'neel'
  return withMoments(slab.structure, magneticSeed(slab.structure, order, { oxidationStates: siteOrDefaultStates(screen) }))
}

function pristine(screen: Screen, slab: Slab, seeded: Structure): Member {
  const structure = asWritten(screen, { id: 'pristine', built: seeded, added: [], pairing: facePairing(screen, slab) })
  return {
    structure,
    origin: { kind: 'built' },
    hasDipole: !slab.termination.symmetricFaces,
    candidate: {
      id: 'pristine',
      series: 'pristine',
      dopant: null,
      site: null,
      depthAngstrom: null,
      delithiation: null,
      faces: 'none',
      frozenLayers: frozenWords(slab),
      warnings: [],
      ...chemistryOf(screen, structure),
    },
  }
}

function dopedMembers(screen: Screen, slab: Slab, seeded: Structure): readonly Member[] {
  const { dopants } = screen
  if (dopants === undefined) return []
  const rules: readonly SiteRule[] = siteRules(dopants)
  if (rules.length === 0) throw new NoSiteRuleError()
  return rules.flatMap((rule) =>
    chooseSites(slab, rule).flatMap((chosen) =>
      dopants.elements.map((element) => dopedMember(screen, slab, seeded, chosen, element)),
    ),
  )
}

function dopedMember(screen: Screen, slab: Slab, seeded: Structure, chosen: ChosenSite, element: string): Member {
  const dopants = screen.dopants
  const state = siteOrDefaultStates(screen)[element]
  const doped = dopedStructure(slab, seeded, {
    label: chosen.site.label,
    dopant: { element, ...(state === undefined ? {} : { oxidationState: state }) },
    faces: dopants?.faces ?? 'both',
    offCentreAngstrom: dopants === undefined ? 0 : offCentreShiftAngstrom(dopants, element),
    seed: String(dopants?.seed ?? 1),
  })
  const id = `${element}-on-${chosen.series}${chosen.suffix}`
  const structure = asWritten(screen, { id, built: doped.structure, added: [element], pairing: doped.partner })
  const ionIndices = structure.sites.flatMap((site, i) => (doped.dopantLabels.includes(site.label ?? '') ? [i] : []))
  const { site, place } = chosen
  return {
    structure,
    origin: { kind: 'built' },
    hasDipole: doped.faces === 'one' || !slab.termination.symmetricFaces,
    candidate: {
      id,
      series: chosen.series,
      dopant: element,
      site: { element: site.element, wyckoff: site.wyckoff, layer: site.layer ?? null, place, ionIndices },
      depthAngstrom: site.depthAngstrom,
      delithiation: null,
      faces: doped.faces,
      frozenLayers: frozenWords(slab),
      warnings: doped.warnings,
      ...chemistryOf(screen, structure),
    },
  }
}

interface Built {
  readonly id: string
  readonly built: Structure
  readonly added: readonly string[]
  readonly pairing: AtomPairing | undefined
}

/** Rattled, and in the order of POSCAR: host cations as the screen lists them, dopants, anions. */
function asWritten(screen: Screen, { id, built, added, pairing }: Built): Structure {
  const amplitude = screen.dopants?.rattleAngstrom ?? 0.03
  const seed = String(screen.dopants?.seed ?? 1)
  const rattled = pairing === undefined ? rattle(built, amplitude, seed) : pairedRattle(built, pairing, amplitude, seed)
  const states = screen.host.oxidationStates
  const cations = Object.keys(states).filter((element) => (states[element] ?? 0) > 0)
  const order = [...new Set([...cations, ...dopedSpeciesOrder(built, added, siteOrDefaultStates(screen))])]
  return { ...inSpeciesOrder(rattled, order).structure, comment: `${screen.name} ${id}` }
}

/** Where dopants come in pairs, the undoped slab is rattled in pairs too, so that it starts as its series does. */
function facePairing(screen: Screen, slab: Slab): AtomPairing | undefined {
  const onFace = slab.sites.find((site) => site.face === 'top')
  return screen.dopants?.faces === 'one' || onFace === undefined ? undefined : equivalentOnOtherFace(slab, onFace.label)
}

function frozenWords(slab: Slab): string {
  const frozen = slab.structure.sites.filter((site) => site.mobile?.every((free) => !free) === true).length
  return frozen === 0 ? 'none' : `${frozen} atoms in the centre`
}
