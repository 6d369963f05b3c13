import type { Structure } from '../../structure/structure.ts'
import { hubbardTags, lmaxmixTag } from './hubbard.ts'
import { systemText, type IncarSettings } from './incar-settings.ts'
import type { Incar } from './incar.ts'
import { magmomTag } from './magmom.ts'
import { speciesBlocks } from './species-blocks.ts'

/** What relaxation and static run share: basis, occupation, convergence. */
export function electronicTags(structure: Structure, settings: IncarSettings): Incar {
  return {
    PREC: 'Accurate',
    ENCUT: settings.encutEv,
    EDIFF: settings.ediffEv,
    ISMEAR: settings.ismear,
    SIGMA: settings.sigmaEv,
    ALGO: 'Normal',
    NELM: 200,
    LREAL: settings.lreal,
    ISYM: settings.isym,
    ...lmaxmixTag(speciesBlocks(structure)),
  }
}

export function hubbardGroup(structure: Structure, settings: IncarSettings): Incar {
  return settings.useU ? hubbardTags(speciesBlocks(structure), settings.hubbardU) : {}
}

export function magnetismTags(
  structure: Structure,
  settings: IncarSettings,
  momentsMuB?: readonly number[],
): Incar {
  return settings.ispin === 1 ? { ISPIN: 1 } : { ISPIN: 2, ...magmomTag(structure, momentsMuB) }
}

export function taskTags(structure: Structure): Incar {
  return { SYSTEM: systemText(structure.comment) }
}
