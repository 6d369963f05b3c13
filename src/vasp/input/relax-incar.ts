import type { Structure } from '../../structure/structure.ts'
import { electronicTags, hubbardGroup, magnetismTags, taskTags } from './common-incar.ts'
import type { IncarGroups, IncarSettings } from './incar-settings.ts'
import { methodPreset } from './method-presets.ts'

/**
 * INCAR of a relaxation. WAVECAR is kept, for a restart after the walltime and for the static run.
 *
 * Conjugate gradients with a small POTIM: O–O pairs and off-centre dopants move far, and larger trial steps overshoot.
 */
export function relaxIncar(structure: Structure, settings: IncarSettings): IncarGroups {
  return {
    task: taskTags(structure),
    functional: methodPreset(settings.method).tags,
    hubbard: hubbardGroup(structure, settings),
    electronic: { ...electronicTags(structure, settings), NELMIN: 6 },
    ionic: {
      IBRION: 2,
      ISIF: settings.isif,
      NSW: settings.maxIonicSteps,
      POTIM: 0.3,
      EDIFFG: -settings.ediffgEvPerAngstrom,
    },
    magnetism: magnetismTags(structure, settings),
    slab: {},
    // NWRITE = 2: with less, OUTCAR leaves out the forces of intermediate steps.
    output: { NWRITE: 2, LORBIT: 11, LWAVE: true, LCHARG: false },
    user: {},
    parallel: {},
    corrected: {},
  }
}
