import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isKnownError } from '../../src/base/known-error.ts'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { volumeAngstrom3 } from '../../src/structure/lattice.ts'
import { formula } from '../../src/structure/structure.ts'
import { analyseSymmetry } from '../../src/structure/symmetry.ts'

/** What pymatgen reads, as the manifest of the collection has it. */
interface Expected {
  readonly atoms?: number
  readonly ordered?: boolean
  readonly volume?: number
  readonly group?: number
  readonly raised?: string
}

export interface CifOutcome {
  readonly file: string
  readonly expected: Expected
  /** Absent for a refused file. */
  readonly read?: {
    readonly formula: string
    readonly atoms: number
    readonly volumeAngstrom3: number
    readonly group: number
  }
  readonly warnings: readonly string[]
  readonly refused?: { readonly code: string; readonly message: string }
}

/** Reads every file of a collection that has a manifest.json. */
export function readCollection(folder: string): readonly CifOutcome[] {
  const { entries } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    entries: { file: string; pymatgen: Expected }[]
  }
  return entries.map(({ file, pymatgen }) =>
    outcome(file, readFileSync(join(folder, file), 'utf8'), pymatgen),
  )
}

/** How a file that both read differs from what pymatgen found; empty when it does not. */
export function difference({ read, expected }: CifOutcome): string {
  if (read === undefined) return ''
  if (expected.atoms === undefined) return 'pymatgen refuses it'
  const parts = [
    read.atoms === expected.atoms ? '' : `${read.atoms} atoms for ${expected.atoms}`,
    Math.abs(read.volumeAngstrom3 / (expected.volume ?? NaN) - 1) < 1e-4
      ? ''
      : `${read.volumeAngstrom3.toFixed(2)} Å³ for ${expected.volume}`,
    expected.group === undefined || read.group === expected.group
      ? ''
      : `group ${read.group} for ${expected.group}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function outcome(file: string, text: string, expected: Expected): CifOutcome {
  try {
    const { structure, warnings } = readCif(text)
    const group = analyseSymmetry(structure).spaceGroupNumber
    const read = {
      formula: formula(structure),
      atoms: structure.sites.length,
      volumeAngstrom3: volumeAngstrom3(structure.lattice),
      group,
    }
    return { file, expected, read, warnings }
  } catch (error) {
    if (!isKnownError(error))
      throw new Error(`${file} is neither read nor refused: ${String(error)}`, { cause: error })
    return { file, expected, warnings: [], refused: { code: error.code, message: error.message } }
  }
}
