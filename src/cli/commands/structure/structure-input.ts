import { resolve } from 'node:path'
import { KnownError } from '../../../base/known-error.ts'
import type { FileSource } from '../../../app/structure/file-bytes.ts'
import { readStructure, type ReadStructure } from '../../../app/structure/read-structure.ts'
import { refuseOverlaps } from '../../../app/structure/usable.ts'
import type { CommandArgument, CommandIo, CommandOption, CommandOptions } from '../../command.ts'
import { numberOption, textOption } from '../../option-values.ts'

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

/** What `-` or a name on the command line stands for. */
export function fileSource(name: string, io: CommandIo): FileSource {
  return { name, path: resolve(io.cwd, name), ...(name === '-' && { stdin: io.stdin }) }
}

/**
 * The structure that a command works on; warnings go to stderr.
 *
 * @param spare  words that a list option took although they are no numbers: the file, when it was written behind them
 * @throws NoFileError, AtomsOverlapError and what reading throws
 */
export async function structureInput(
  args: readonly string[],
  options: CommandOptions,
  io: CommandIo,
  use: { readonly spare?: readonly string[]; readonly overlaps?: 'refuse' | 'let' } = {},
): Promise<ReadStructure> {
  const name = args[0] ?? use.spare?.[0]
  if (name === undefined) throw new NoFileError()
  const block = textOption(options['block'])
  const read = await readStructure(fileSource(name, io), {
    ...(block !== undefined && { block }),
    ...(options['frame'] !== undefined && { frame: numberOption('--frame', options['frame']) }),
  })
  if (use.overlaps !== 'let') refuseOverlaps(read.structure)
  for (const warning of read.warnings) io.stderr.write(`dopant: ${warning}\n`)
  return read
}
