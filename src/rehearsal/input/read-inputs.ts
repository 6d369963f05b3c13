import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { elementData } from '../../base/elements-data.ts'
import { isKnownError } from '../../base/known-error.ts'
import { readPoscar, type PoscarFile } from '../../structure/poscar.ts'
import type { Structure } from '../../structure/structure.ts'
import { readIncar, type IncarEntry } from '../../vasp/input/incar.ts'
import { readKpoints } from '../../vasp/input/kpoints.ts'
import { InputRefusedError } from './input-refused.ts'
import { kPointList, type KPointList } from './k-point-list.ts'
import { readSpecies, type Species } from './read-species.ts'
import { settingsOf, type Settings } from './settings.ts'

/** Everything that VASP reads before it starts. */
export interface Inputs {
  readonly structure: Structure
  readonly selectiveDynamics: boolean
  readonly incar: readonly IncarEntry[]
  readonly settings: Settings
  readonly kPoints: KPointList
  readonly species: readonly Species[]
  /** Species number of every ion, from 0. */
  readonly speciesOfIon: readonly number[]
  readonly electronCount: number
}

/**
 * Reads INCAR, POSCAR, POTCAR or POTCAR.spec, and KPOINTS, in VASP's order.
 *
 * @throws InputRefusedError where VASP would stop
 */
export function readInputs(folder: string): Inputs {
  const file = readIncar(required(folder, 'INCAR', 'Write an INCAR into the run folder.'))
  const [unread] = file.unreadable
  if (unread) {
    throw new InputRefusedError(
      `Error reading item ${unread.tag} from file INCAR.`,
      `Give ${unread.tag} a value of its kind (line ${unread.line}).`,
    )
  }
  const poscar = understood('POSCAR', () =>
    readPoscar(required(folder, 'POSCAR', 'Write a POSCAR into the run folder.')),
  )
  const species = readSpecies(folder, poscar.species)
  const settings = settingsOf(file.incar, poscar.structure.sites.length)
  const kpoints = optional(folder, 'KPOINTS')
  return {
    structure: poscar.structure,
    selectiveDynamics: poscar.selectiveDynamics,
    incar: file.entries,
    settings,
    kPoints: kPointList(
      kpoints === undefined ? undefined : understood('KPOINTS', () => readKpoints(kpoints)),
      poscar.structure.lattice,
      settings.KSPACING,
    ),
    species,
    speciesOfIon: speciesOfIon(poscar),
    electronCount: settings.NELECT ?? species.reduce((sum, { count, zval }) => sum + count * zval, 0),
  }
}

/** ENCUT, or the largest ENMAX of the species, in eV. */
export function cutoffEv(inputs: Inputs): number {
  return inputs.settings.ENCUT ?? Math.max(...inputs.species.map(({ enmaxEv }) => enmaxEv))
}

export function massU(element: string): number {
  return elementData[element]?.massU ?? 0
}

function speciesOfIon(poscar: PoscarFile): readonly number[] {
  return poscar.species.flatMap(({ count }, index) => Array.from({ length: count }, () => index))
}

function required(folder: string, name: string, remedy: string): string {
  const text = optional(folder, name)
  if (text === undefined || text.trim() === '')
    throw new InputRefusedError(`No ${name} found, STOPPING`, remedy)
  return text
}

function optional(folder: string, name: string): string | undefined {
  const path = join(folder, name)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function understood<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isKnownError(error) || error instanceof InputRefusedError) throw error
    throw new InputRefusedError(`ERROR: there was a problem reading ${name}: ${error.message}`, error.remedy)
  }
}
