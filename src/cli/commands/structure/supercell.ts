import { makeSupercell } from '../../../structure/supercell.ts'
import type { Matrix3 } from '../../../base/matrix.ts'
import type { Vector3 } from '../../../base/vector.ts'
import { cellParameters } from '../../../structure/lattice.ts'
import { formula, type Structure } from '../../../structure/structure.ts'
import type { CommandDefinition } from '../../command.ts'
import { numbersOption } from './number-list.ts'
import { fileArgument, inputOptions, structureInput } from './structure-input.ts'
import { deliver, outputOptions } from './structure-output.ts'

export const supercellCommand: CommandDefinition = {
  name: 'supercell',
  summary: 'repeat a cell',
  arguments: [fileArgument],
  options: [
    { flags: '--repeats <numbers...>', description: 'three repeats, or nine whole numbers: rows in units of a, b, c' },
    ...inputOptions,
    ...outputOptions,
  ],
  examples: [
    'dopant structure supercell host.cif --repeats 2 1 2 --out POSCAR',
    'dopant structure supercell host.cif --repeats 1 1 0 -1 1 0 0 0 1',
  ],
  run: async (args, options, io) => {
    const { numbers, spare } = numbersOption('--repeats', options['repeats'], [3, 9], 'Give three repeats, for instance --repeats 2 1 2, or nine numbers of a matrix.')
    const { structure } = await structureInput(args, options, io, { spare })
    const made = makeSupercell(structure, repeatsOf(numbers))
    const summary = `formula  ${formula(made)}, ${made.sites.length} atoms\ncell     ${cellText(made)}\n`
    await deliver({ structure: made, summary, facts: { formula: formula(made), atoms: made.sites.length } }, options, io)
    return 0
  },
}

function repeatsOf(numbers: readonly number[]): Vector3 | Matrix3 {
  const [a = 1, b = 1, c = 1, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = numbers
  return numbers.length === 3 ? [a, b, c] : [[a, b, c], [d, e, f], [g, h, i]]
}

/** `a 4.937, b 8.532, c 5.030 Å; α 90.00, β 109.46, γ 90.00°` */
export function cellText({ lattice }: Structure): string {
  const cell = cellParameters(lattice)
  const lengths = [cell.aAngstrom, cell.bAngstrom, cell.cAngstrom].map((x, i) => `${'abc'[i]} ${x.toFixed(3)}`)
  const angles = [cell.alphaDegrees, cell.betaDegrees, cell.gammaDegrees].map((x, i) => `${'αβγ'[i]} ${x.toFixed(2)}`)
  return `${lengths.join(', ')} Å; ${angles.join(', ')}°`
}
