import { conventionalCell, primitiveCell, reducedCell } from '../../../structure/cells.ts'
import { formula, type Structure } from '../../../structure/structure.ts'
import type { CommandDefinition } from '../../command.ts'
import { oneOf } from '../../option-values.ts'
import { fileArgument, inputOptions, structureInput } from './structure-input.ts'
import { deliver, outputOptions } from './structure-output.ts'
import { cellText } from './supercell.ts'

const cellNames = ['as-given', 'primitive', 'conventional', 'reduced'] as const

export const convertCommand: CommandDefinition = {
  name: 'convert',
  summary: 'change the format or the choice of cell',
  arguments: [fileArgument],
  options: [
    { flags: '--cell <name>', description: cellNames.join(', '), default: 'as-given' },
    ...inputOptions,
    ...outputOptions,
  ],
  examples: ['dopant structure convert host.cif --out POSCAR', 'dopant structure convert CONTCAR --cell primitive --format cif'],
  run: async (args, options, io) => {
    const { structure } = await structureInput(args, options, io, { overlaps: 'let' })
    const made = inCell(structure, oneOf('--cell', options['cell'], cellNames))
    const summary = `formula  ${formula(made)}, ${made.sites.length} atoms\ncell     ${cellText(made)}\n`
    await deliver({ structure: made, summary, facts: { formula: formula(made), atoms: made.sites.length } }, options, io)
    return 0
  },
}

function inCell(structure: Structure, name: (typeof cellNames)[number]): Structure {
  if (name === 'primitive') return primitiveCell(structure)
  if (name === 'conventional') return conventionalCell(structure)
  return name === 'reduced' ? reducedCell(structure) : structure
}
