import type { Structure } from '../../structure/structure.ts'
import { electronicTags, hubbardGroup, magnetismTags, taskTags } from './common-incar.ts'
import type { IncarGroups, IncarSettings } from './incar-settings.ts'
import { methodPreset } from './method-presets.ts'
import { dipoleTags } from './slab-dipole.ts'

/** What a relaxation leaves behind for the static run. */
export interface RelaxedState {
  readonly wavecarKept: boolean
  /** Final moment of each ion, POSCAR order of the relaxed structure. */
  readonly finalMomentsMuB?: readonly number[]
}

/**
 * INCAR of the static run for charges, moments and total energy on a relaxed structure.
 *
 * Made from nothing but the settings: a tag of the relaxation that is carried over, AGGAC = 0 above all, would change
 * the functional in silence. The electronic state, however, is carried over: a +U run has several.
 */
export function staticIncar(
  structure: Structure,
  settings: IncarSettings,
  relaxed: RelaxedState,
): IncarGroups {
  return {
    task: { ...taskTags(structure), ...startTags(relaxed) },
    functional: methodPreset(settings.method).tags,
    hubbard: hubbardGroup(structure, settings),
    electronic: electronicTags(structure, settings),
    ionic: { IBRION: -1, NSW: 0 },
    magnetism: magnetismTags(structure, settings, relaxed.finalMomentsMuB),
    slab: settings.dipoleCorrection ? dipoleTags(structure) : {},
    output: { NWRITE: 2, LORBIT: 11, NEDOS: 1001, LAECHG: true, LCHARG: true, LVHAR: true, LWAVE: false },
    user: {},
    parallel: {},
    corrected: {},
  }
}

// ICHARG = 0 takes the charge from the orbitals that ISTART = 1 reads.
function startTags(relaxed: RelaxedState): { ISTART: number; ICHARG: number } {
  return relaxed.wavecarKept ? { ISTART: 1, ICHARG: 0 } : { ISTART: 0, ICHARG: 2 }
}
