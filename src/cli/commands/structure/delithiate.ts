import { choiceNumber, distinctChoices, ElementMissingError } from '../../../app/structure/distinct-choices.ts'
import { dopeTarget, type DopeTarget } from '../../../app/structure/dope-target.ts'
import { removePlanes, removeSites, type Removed } from '../../../app/structure/remove-ions.ts'
import { KnownError } from '../../../base/known-error.ts'
import { formula } from '../../../structure/structure.ts'
import type { CommandDefinition, CommandOptions } from '../../command.ts'
import { numberOption, oneOf, textOption } from '../../option-values.ts'
import { choiceTable } from './dope-lists.ts'
import { signed } from './info.ts'
import { slabOptions, slabRequest, spareWords, statesOf } from './slab-options.ts'
import { fileArgument, inputOptions, structureInput } from './structure-input.ts'
import { deliver, outputOptions } from './structure-output.ts'

export class NotASlabError extends KnownError {
  readonly code = 'NOT_A_SLAB'
  readonly remedy = 'Add --miller to cut a slab first, put the vacuum along c, or take atoms out by --count.'
  constructor() {
    super('There are no planes to take from: the structure is not a slab with its vacuum along c, perpendicular to a and b.')
  }
}

export const delithiateCommand: CommandDefinition = {
  name: 'delithiate',
  summary: 'take out lithium (or another ion) by planes or by count',
  arguments: [fileArgument],
  options: [
    { flags: '--element <symbol>', description: 'the ion that leaves', default: 'Li' },
    { flags: '--planes <number>', description: 'outer planes of a slab, per face; default 1' },
    { flags: '--faces <which>', description: 'both, top or bottom', default: 'both' },
    { flags: '--layer <name>', description: 'only ions of this cation layer (with --miller), for instance Li-layer' },
    { flags: '--count <number>', description: 'so many ions of any place; lists the distinct ways' },
    { flags: '--choice <number>', description: 'which of the distinct ways to write' },
    ...slabOptions,
    ...inputOptions,
    ...outputOptions,
  ],
  examples: [
    'dopant structure delithiate host.cif --miller 0 1 0 --planes 1 --out POSCAR',
    'dopant structure delithiate CONTCAR --planes 2 --faces top',
    'dopant structure delithiate host.cif --count 2 --choice 1',
  ],
  run: async (args, options, io) => {
    const { structure } = await structureInput(args, options, io, { spare: spareWords(options) })
    const request = options['miller'] === undefined ? undefined : slabRequest(options)
    const target = dopeTarget(structure, statesOf(options), request)
    const element = textOption(options['element']) ?? 'Li'
    if (!structure.sites.some((site) => site.element === element)) throw new ElementMissingError(element, structure)
    if (options['count'] !== undefined && options['choice'] === undefined) {
      io.stdout.write(choiceTable(target, choicesOf(target, element, options), options))
      return 0
    }
    const removed = options['count'] === undefined ? byPlanes(target, element, options) : byCount(target, element, options)
    const { structure: made, ...facts } = removed
    await deliver({ structure: made, summary: summary(removed), facts: { formula: formula(made), ...facts } }, options, io)
    return 0
  },
}

function byPlanes({ slab }: DopeTarget, element: string, options: CommandOptions): Removed {
  if (slab === undefined) throw new NotASlabError()
  const layer = textOption(options['layer'])
  return removePlanes(slab, {
    element,
    planes: numberOption('--planes', options['planes'] ?? 1),
    faces: oneOf('--faces', options['faces'], ['both', 'top', 'bottom']),
    ...(layer !== undefined && { layer }),
  })
}

function byCount(target: DopeTarget, element: string, options: CommandOptions): Removed {
  const { sites } = choiceNumber(choicesOf(target, element, options), numberOption('--choice', options['choice']))
  return removeSites(target.structure, element, sites)
}

function choicesOf(target: DopeTarget, element: string, options: CommandOptions) {
  const count = numberOption('--count', options['count'])
  return distinctChoices(target.structure, { element, count, ...(target.slab && { slab: target.slab }) })
}

function summary({ structure, element, labels, removedCount, remainingCount, chargeBalance }: Removed): string {
  const share = (remainingCount / (remainingCount + removedCount)) * 100
  const balance = chargeBalance === undefined ? 'not known: give --states' : `${signed(chargeBalance)} e with the charges of the host`
  const rows = [
    ['removed', `${removedCount} ${element}: ${labels.slice(0, 8).join(' ')}${labels.length > 8 ? ' …' : ''}`],
    ['left', `${remainingCount} ${element} (${share.toFixed(1)} %)`],
    ['formula', `${formula(structure)}, ${structure.sites.length} atoms`],
    ['balance', balance],
  ]
  return rows.map(([name = '', text]) => `${name.padEnd(8)} ${text}\n`).join('')
}
