import { compareStructures, type Comparison } from '../../../app/structure/compare.ts'
import { readStructure } from '../../../app/structure/read-structure.ts'
import { refuseOverlaps } from '../../../app/structure/usable.ts'
import type { CommandDefinition } from '../../command.ts'
import { numberOption, OptionValueError } from '../../option-values.ts'
import { loadSymmetryEngine } from './load-symmetry.ts'
import { fileSource } from './structure-input.ts'
import { jsonOption } from './structure-output.ts'

export const matchCommand: CommandDefinition = {
  name: 'match',
  summary: 'tell whether two files hold the same crystal',
  arguments: [
    { name: '<first>', description: 'CIF, POSCAR or extended XYZ, also .gz; - for standard input' },
    { name: '<second>', description: 'the other one' },
  ],
  options: [
    { flags: '--tolerance <length>', description: 'Å that an atom or a cell vector may be off', default: '0.1' },
    jsonOption,
  ],
  examples: ['dopant structure match POSCAR CONTCAR --tolerance 0.5', 'dopant structure match a.cif b.cif && echo same'],
  run: async ([first = '', second = ''], options, io) => {
    loadSymmetryEngine()
    if (first === '-' && second === '-') throw new OptionValueError('match', '- -', 'Name a file for one of the two.')
    const a = await readStructure(fileSource(first, io))
    const b = await readStructure(fileSource(second, io))
    for (const { structure } of [a, b]) refuseOverlaps(structure)
    const found = compareStructures(a.structure, b.structure, tolerance(options['tolerance']))
    io.stdout.write(options['json'] === true ? `${JSON.stringify(found)}\n` : forPeople(found))
    return found.same ? 0 : 1
  },
}

function tolerance(given: Parameters<typeof numberOption>[1]): number {
  const value = numberOption('--tolerance', given)
  if (value > 0 && value <= 2) return value
  throw new OptionValueError('--tolerance', given, 'Give a length from 0 to 2 Å.')
}

function forPeople({ same, reason, match, primitive, volumePerAtomAngstrom3: [a, b] }: Comparison): string {
  const rows = [
    [same ? 'same' : 'different', primitive && same ? `${reason}; primitive cells were compared` : reason],
    ...(match === undefined
      ? []
      : [['moved', `rms ${match.rmsDisplacementAngstrom.toFixed(4)} Å, at most ${match.maxDisplacementAngstrom.toFixed(4)} Å`]]),
    ['volume', `${a.toFixed(3)} and ${b.toFixed(3)} Å³ per atom (${a === b ? '' : b > a ? '+' : ''}${((100 * (b - a)) / a).toFixed(2)} %)`],
  ]
  return rows.map(([name = '', text]) => `${name.padEnd(10)} ${text}\n`).join('')
}
