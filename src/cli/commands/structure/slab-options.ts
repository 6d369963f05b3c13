import { formalCharges } from '../../../app/structure/formal-charges.ts'
import type { SlabRequest } from '../../../app/structure/make-slab.ts'
import type { SlabThickness } from '../../../structure/slab/build-slab.ts'
import type { FrozenLayers } from '../../../structure/slab/frozen-layers.ts'
import { millerIndexOf } from '../../../structure/slab/miller-index.ts'
import type { SurfaceCell } from '../../../structure/slab/surface-cell.ts'
import type { CommandOption, CommandOptions } from '../../command.ts'
import { numberOption, OptionValueError, textOption } from '../../option-values.ts'
import { numberList, numbersOption } from './number-list.ts'
import { OptionMissingError } from './option-missing.ts'

export const statesOption: CommandOption = {
  flags: '--states <charges...>',
  description: 'formal charges, for instance Li=1 Mn=4 O=-2; default: by bond valence',
}

export const slabOptions: readonly CommandOption[] = [
  { flags: '--miller <index...>', description: 'h k l, or h k i l, in the setting of the file' },
  { flags: '--termination <name>', description: 'T1, T2 … as --terminations lists them', default: 'T1' },
  { flags: '--repeats <number>', description: 'thickness in primitive repeats; default 3' },
  { flags: '--atoms <number>', description: 'thickness: at least so many atoms in the 1×1 cell' },
  { flags: '--thickness <length>', description: 'thickness: at least so many Å between outermost atoms' },
  { flags: '--vacuum <length>', description: 'Å between outermost atoms across the vacuum', default: '15' },
  { flags: '--supercell <repeats...>', description: 'surface cell, for instance 2 2, or a 2×2 matrix' },
  { flags: '--min-image <length>', description: 'the smallest surface cell whose images are so many Å apart' },
  { flags: '--orthogonal', description: 'start from the smallest right-angled surface cell' },
  { flags: '--freeze <layers>', description: 'none, centre, bottom, centre:2 (repeats) or bottom:4.5A' },
  { flags: '--reconstruct', description: 'cure a polar slab: half of an outer plane moves to the other face' },
  statesOption,
]

/** The file when it was written behind a list of numbers: `--miller 0 1 0 host.cif`. */
export function spareWords(options: CommandOptions): readonly string[] {
  return ['miller', 'supercell'].flatMap((name) => numberList(options[name]).spare)
}

/** What the options ask for. @throws OptionMissingError, MillerIndexError, OptionValueError */
export function slabRequest(options: CommandOptions): SlabRequest {
  if (options['miller'] === undefined) throw new OptionMissingError('--miller', 'Name the surface, for instance --miller 0 1 0.')
  const cell = surfaceCellOf(options)
  return {
    millerIndex: millerIndexOf(numberList(options['miller']).numbers),
    termination: textOption(options['termination']) ?? 'T1',
    thickness: thicknessOf(options),
    vacuumAngstrom: numberOption('--vacuum', options['vacuum']),
    orthogonal: options['orthogonal'] === true,
    frozen: frozenOf(textOption(options['freeze']) ?? 'none'),
    reconstruct: options['reconstruct'] === true,
    offStoichiometric: options['offStoichiometric'] === true,
    states: statesOf(options),
    ...(cell !== undefined && { cell }),
  }
}

/** @throws FormalChargeError */
export function statesOf(options: CommandOptions): Readonly<Record<string, number>> {
  return formalCharges((options['states'] ?? []) as readonly string[])
}

function thicknessOf(options: CommandOptions): SlabThickness {
  const given = (['repeats', 'atoms', 'thickness'] as const).filter((name) => options[name] !== undefined)
  if (given.length > 1) throw new OptionValueError(`--${given[1]}`, options[given[1] ?? ''], `Leave out --${given[0]}.`)
  if (given[0] === 'atoms') return { minimumAtoms: numberOption('--atoms', options['atoms']) }
  if (given[0] === 'thickness') return { minimumAngstrom: numberOption('--thickness', options['thickness']) }
  return { repeats: numberOption('--repeats', options['repeats'] ?? 3) }
}

function surfaceCellOf(options: CommandOptions): SurfaceCell | undefined {
  const { supercell, minImage } = options
  if (supercell !== undefined && minImage !== undefined)
    throw new OptionValueError('--min-image', minImage, 'Leave out --supercell.')
  if (minImage !== undefined) return { minimumImageDistanceAngstrom: numberOption('--min-image', minImage) }
  if (supercell === undefined) return undefined
  const { numbers } = numbersOption('--supercell', supercell, [2, 4], 'Give two repeats, or four numbers of a matrix.')
  const [a = 1, b = 1, c = 0, d = 0] = numbers
  return numbers.length === 2 ? { repeats: [a, b] } : { matrix: [[a, b], [c, d]] }
}

function frozenOf(given: string): FrozenLayers {
  if (given === 'none') return 'none'
  const [, part, amount = '1', unit] = /^(centre|bottom)(?::([\d.]+)(A|Å)?)?$/.exec(given) ?? []
  const size = Number(amount)
  if ((part !== 'centre' && part !== 'bottom') || !(size > 0))
    throw new OptionValueError('--freeze', given, 'Use none, centre, bottom, centre:2 or bottom:4.5A.')
  return unit === undefined ? { part, repeats: size } : { part, thicknessAngstrom: size }
}
