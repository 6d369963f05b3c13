import { withMoments, magneticSeed } from '../../structure/magnetic-order.ts'
import { dopedSpeciesOrder, inSpeciesOrder } from '../../structure/species-order.ts'
import { withNumberedLabels } from '../../structure/labels.ts'
import type { Structure } from '../../structure/structure.ts'
import { shippedPhase, type PhaseKind, type ReferencePhase } from '../references/reference-phase.ts'
import type { ReferenceRule, Screen } from '../screen/screen-schema.ts'
import type { StepKindName, StepSettings } from '../steps/step-kind.ts'
import { chemistryOf } from './describe-candidate.ts'
import type { Member } from './member.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'
import { magneticOrders, seedOf } from './variations.ts'

/** Structures of the references that have a file, by name. */
export type ReferenceStructures = ReadonlyMap<string, Structure>

/**
 * The phases that limit chemical potentials, each a candidate of its own: `ref-Li2O`. They take the screen's functional, U,
 * cut-off and k-point density; their cells relax.
 *
 * @throws ReferenceStructureMissingError for a name that comes without a file and is not shipped
 */
export function phaseMembers(screen: Screen, given: ReferenceStructures): readonly Member[] {
  return screen.references.flatMap((rule) => (rule === 'bulk' ? [] : [phaseMember(screen, phaseOf(screen, rule, given))]))
}

function phaseOf(screen: Screen, rule: ReferenceRule, given: ReferenceStructures): ReferencePhase {
  if (typeof rule === 'string') return shippedPhase(rule)
  const structure = given.get(rule.name)
  if (structure === undefined) return shippedPhase(rule.name)
  const { name, kind, oxidationStates } = rule
  return { name, kind, structure, oxidationStates: { ...siteOrDefaultStates(screen), ...oxidationStates } }
}

function phaseMember(screen: Screen, phase: ReferencePhase): Member {
  const { name, kind } = phase
  const { dopants: _, ...bare } = screen
  const own: Screen = { ...bare, host: { ...screen.host, oxidationStates: phase.oxidationStates } }
  const id = `ref-${name}`
  const order = magneticOrders(screen)[0] ?? 'fm'
  const structure = { ...written(phase, order === 'fm' ? 'ferromagnetic' : 'neel'), comment: `${screen.name} ${id}` }
  return {
    structure,
    origin: { kind: 'built' },
    variation: { suffix: '', seed: seedOf(screen), order, bondDistortion: 0 },
    hasDipole: false,
    reference: kind,
    candidate: {
      id,
      series: 'reference',
      dopant: null,
      site: null,
      depthAngstrom: null,
      delithiation: null,
      faces: 'none',
      frozenLayers: 'none',
      warnings: [],
      reference: { phase: name, kind },
      ...chemistryOf(own, structure),
      compensation: 'none needed',
    },
  }
}

/** Labelled, in species order, with starting moments: 1 μB on each atom of a molecule, else by the formal charges. */
function written({ kind, structure, oxidationStates, momentsMuB }: ReferencePhase, order: 'ferromagnetic' | 'neel'): Structure {
  const labelled = { ...structure, sites: withNumberedLabels(structure.sites) }
  const ordered = inSpeciesOrder(labelled, dopedSpeciesOrder(labelled, [], oxidationStates)).structure
  if (kind === 'molecule')
    return { ...ordered, sites: ordered.sites.map((site) => ({ ...site, magneticMomentMuB: site.magneticMomentMuB ?? 1 })) }
  return withMoments(ordered, magneticSeed(ordered, order, { oxidationStates, ...(momentsMuB === undefined ? {} : { momentsMuB }) }))
}

const metalSmearing = { ismear: 1, sigmaEv: 0.2 } as const

/**
 * The screen's settings for a reference: the cell of a crystal relaxes, at the cut-off that a changing cell needs; a metal
 * is smeared as metals are. What makes an energy comparable, of the static step, stays.
 */
export function referenceSettings(
  kind: PhaseKind,
  step: StepKindName,
  settings: StepSettings,
  cellEncutEv: number,
): StepSettings {
  const smearing = kind === 'metal' ? metalSmearing : {}
  if (step !== 'relax') return { ...settings, ...smearing, dipoleCorrection: false }
  const cell = kind === 'molecule' ? {} : { isif: 3 as const, encutEv: Math.max(settings.encutEv, cellEncutEv) }
  return { ...settings, ...smearing, ...cell, lreal: false }
}

