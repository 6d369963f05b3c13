import { resolve } from 'node:path'
import { writeFileWhole } from '../../../app/files/write-file-whole.ts'
import { formatByName, structureFormatNamed, type StructureFormat } from '../../../app/structure/structure-format.ts'
import { structureText } from '../../../app/structure/structure-text.ts'
import type { Structure } from '../../../structure/structure.ts'
import type { CommandIo, CommandOption, CommandOptions } from '../../command.ts'
import { textOption } from '../../option-values.ts'

export const jsonOption: CommandOption = { flags: '--json', description: 'print one JSON object instead' }

export const outputOptions: readonly CommandOption[] = [
  { flags: '--out <file>', description: 'write the structure here: .cif, .xyz, anything else is a POSCAR' },
  { flags: '--format <name>', description: 'poscar, cif or extxyz; default: by the ending, else poscar' },
  jsonOption,
]

export interface Made {
  readonly structure: Structure
  /** For people, with a line break at the end. */
  readonly summary: string
  /** For machines; the structure is added. */
  readonly facts: object
  /** Is the summary what was asked for (a list), so that the structure goes to a file only? */
  readonly summaryOnly?: boolean
}

/**
 * Brings out what a command made: JSON, or the structure on stdout and the summary on stderr; with `--out` the structure
 * is in the file and the summary on stdout.
 */
export async function deliver(made: Made, options: CommandOptions, io: CommandIo): Promise<void> {
  const file = textOption(options['out'])
  const text = structureText(made.structure, formatOf(options))
  if (file !== undefined) await writeFileWhole(resolve(io.cwd, file), text)
  if (options['json'] === true) {
    io.stdout.write(`${JSON.stringify({ ...made.facts, structure: made.structure })}\n`)
  } else if (file !== undefined) {
    io.stdout.write(`${made.summary}→ ${file}\n`)
  } else if (made.summaryOnly === true) {
    io.stdout.write(made.summary)
  } else {
    io.stderr.write(made.summary)
    io.stdout.write(text)
  }
}

/** @throws StructureFormatError */
export function formatOf(options: CommandOptions): StructureFormat {
  const named = textOption(options['format'])
  return named === undefined ? formatByName(textOption(options['out']) ?? '') : structureFormatNamed(named)
}
