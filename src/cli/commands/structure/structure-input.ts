import { resolve } from 'node:path'
import { KnownError } from '../../../base/known-error.ts'
import type { FileSource } from '../../../app/structure/file-bytes.ts'
import { readStructure, type ReadStructure } from '../../../app/structure/read-structure.ts'
import { signedVolumeAngstrom3 } from '../../../structure/lattice.ts'
import type { Structure } from '../../../structure/structure.ts'
import { refuseOverlaps } from '../../../app/structure/usable.ts'
import type { CommandArgument, CommandIo, CommandOption, CommandOptions } from '../../command.ts'
import { numberOption, textOption } from '../../option-values.ts'
import { loadSymmetryEngine } from './load-symmetry.ts'

export const fileArgument: CommandArgument = {
  name: '[file]',
  description: 'CIF, POSCAR or extended XYZ, also .gz; - for standard input',
}

export const inputOptions: readonly CommandOption[] = [
  { flags: '--block <name>', description: 'data block of a CIF; default: the first with atoms' },
  { flags: '--frame <number>', description: 'frame of an extended XYZ file, from 1; default: the last' },
]

export class NoFileError extends KnownError {
  readonly code = 'NO_FILE'
  readonly remedy = 'Name a CIF, POSCAR or extended XYZ file, or - for standard input.'
  constructor() {
    super('No file is named.')
  }
}

interface InputUse {
  /** Words that a list option took although they are no numbers: the file, when it was written behind them. */
  readonly spare?: readonly string[]
  readonly overlaps?: 'refuse' | 'let'
  /** `keep`: the command shows them itself. */
  readonly warnings?: 'print' | 'keep'
}

/** What `-` or a name on the command line stands for. */
export function fileSource(name: string, io: CommandIo): FileSource {
  return { name, path: resolve(io.cwd, name), ...(name === '-' && { stdin: io.stdin }) }
}

/**
 * The structure that a command works on; warnings go to stderr.
 *
 * @throws NoFileError, AtomsOverlapError and what reading throws
 */
export async function structureInput(
  args: readonly string[],
  options: CommandOptions,
  io: CommandIo,
  use: InputUse = {},
): Promise<ReadStructure> {
  const name = args[0] ?? use.spare?.[0]
  if (name === undefined) throw new NoFileError()
  // Reading needs it too: a CIF may give its space group by name only.
  loadSymmetryEngine()
  const block = textOption(options['block'])
  const read = await readStructure(fileSource(name, io), {
    ...(block !== undefined && { block }),
    ...(options['frame'] !== undefined && { frame: numberOption('--frame', options['frame']) }),
  })
  if (use.overlaps !== 'let') refuseOverlaps(read.structure)
  if (use.warnings === 'keep') return read
  for (const warning of [...read.warnings, ...handednessWarnings(read.structure)]) io.stderr.write(`dopant: ${warning}\n`)
  return read
}

function handednessWarnings(structure: Structure): readonly string[] {
  if (signedVolumeAngstrom3(structure.lattice) > 0) return []
  return ['the cell is left-handed: it stays so, but a slab that is cut from it is right-handed']
}
