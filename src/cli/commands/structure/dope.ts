import { distinctChoices, choiceNumber } from '../../../app/structure/distinct-choices.ts'
import { dopeSites, dopeSlab, fillVoid, usualCharge, type Doped, type StartSettings } from '../../../app/structure/dope.ts'
import { dopeTarget, type DopeTarget } from '../../../app/structure/dope-target.ts'
import { isElement } from '../../../base/elements-data.ts'
import { DopantElementError } from '../../../structure/dopant/dopant-errors.ts'
import type { Dopant } from '../../../structure/dopant/substitute.ts'
import { formula } from '../../../structure/structure.ts'
import type { CommandDefinition, CommandOptions } from '../../command.ts'
import { numberOption, OptionValueError, textOption } from '../../option-values.ts'
import { chosenSite, siteOptions } from './dope-site.ts'
import { choiceTable, listTarget, voidsOf } from './dope-lists.ts'
import { signed } from './info.ts'
import { OptionMissingError } from './option-missing.ts'
import { slabOptions, slabRequest, spareWords, statesOf } from './slab-options.ts'
import { fileArgument, inputOptions, structureInput } from './structure-input.ts'
import { deliver, outputOptions } from './structure-output.ts'

export const dopeCommand: CommandDefinition = {
  name: 'dope',
  summary: 'substitute atoms or fill voids',
  arguments: [fileArgument],
  options: [
    { flags: '--with <element>', description: 'the dopant' },
    ...siteOptions,
    { flags: '--count <number>', description: 'so many dopants on sites of the element; lists the distinct ways' },
    { flags: '--choice <number>', description: 'which of the distinct ways to write' },
    { flags: '--void <name>', description: 'fill a void instead, for instance tetrahedral-1' },
    { flags: '--both-faces', description: 'also dope the equivalent site of the other face' },
    { flags: '--off-centre <length>', description: 'start so many Å toward a face of three anions', default: '0' },
    { flags: '--rattle <length>', description: 'move every free atom by so many Å', default: '0' },
    { flags: '--seed <text>', description: 'of rattle and off-centre start', default: '1' },
    { flags: '--sites', description: 'list the distinct sites instead' },
    { flags: '--voids', description: 'list the distinct voids instead: tetrahedra and octahedra of anions' },
    { flags: '--faces', description: 'with --voids: also the triangles of anions' },
    ...slabOptions,
    ...inputOptions,
    ...outputOptions,
  ],
  examples: [
    'dopant structure dope host.cif --miller 0 1 0 --sites',
    'dopant structure dope host.cif --miller 0 1 0 --replace Mn --with B --depth surface --both-faces --off-centre 0.4',
    'dopant structure dope POSCAR --label Mn-3 --with Al --rattle 0.03 --out doped.vasp',
  ],
  run: async (args, options, io) => {
    const { structure } = await structureInput(args, options, io, { spare: spareWords(options) })
    const request = options['miller'] === undefined ? undefined : slabRequest(options)
    const target = dopeTarget(structure, statesOf(options), request)
    if (options['sites'] === true || options['voids'] === true) return listTarget(target, options, io)
    const dopant = dopantOf(options)
    if (options['count'] !== undefined && options['choice'] === undefined) {
      io.stdout.write(choiceTable(target, choicesOf(target, options), options))
      return 0
    }
    const doped = dope(target, dopant, options)
    for (const warning of doped.warnings) io.stderr.write(`dopant: ${warning}\n`)
    const { structure: made, ...facts } = doped
    await deliver({ structure: made, summary: summary(target, doped, dopant), facts: { formula: formula(made), ...facts } }, options, io)
    return 0
  },
}

function dope(target: DopeTarget, dopant: Dopant, options: CommandOptions): Doped {
  const start = startOf(options)
  if (options['void'] !== undefined) return fillVoid(target.structure, voidNamed(target, options), dopant, start)
  if (options['count'] !== undefined) {
    const { sites } = choiceNumber(choicesOf(target, options), numberOption('--choice', options['choice']))
    return dopeSites(target.structure, sites, dopant, start)
  }
  const site = chosenSite(target, options)
  if (target.slab === undefined) return dopeSites(target.structure, [site], dopant, start)
  const label = target.structure.sites[site]?.label ?? ''
  return dopeSlab(target.slab, label, dopant, options['bothFaces'] === true ? 'both' : 'one', start)
}

function dopantOf(options: CommandOptions): Dopant {
  const element = textOption(options['with'])
  if (element === undefined) throw new OptionMissingError('--with', 'Name the dopant, for instance --with B, or ask for --sites.')
  if (!isElement(element)) throw new DopantElementError(element)
  const oxidationState = statesOf(options)[element] ?? usualCharge(element)
  return { element, ...(oxidationState !== undefined && { oxidationState }) }
}

function startOf(options: CommandOptions): StartSettings {
  return {
    offCentreAngstrom: lengthOption('--off-centre', options['offCentre'], 1),
    rattleAngstrom: lengthOption('--rattle', options['rattle'], 0.5),
    seed: textOption(options['seed']) ?? '1',
  }
}

function lengthOption(name: string, given: CommandOptions[string], most: number): number {
  const length = numberOption(name, given)
  if (length >= 0 && length <= most) return length
  throw new OptionValueError(name, given, `Give a length from 0 to ${most} Å.`)
}

function choicesOf(target: DopeTarget, options: CommandOptions) {
  const element = textOption(options['replace'])
  if (element === undefined) throw new OptionMissingError('--replace', 'Name the element that is replaced, for instance --replace Mn.')
  const count = numberOption('--count', options['count'])
  return distinctChoices(target.structure, { element, count, ...(target.slab && { slab: target.slab }) })
}

function voidNamed(target: DopeTarget, options: CommandOptions) {
  const name = textOption(options['void']) ?? ''
  const all = voidsOf(target, name.startsWith('face'))
  const found = all.find((entry) => entry.name === name)
  if (found !== undefined) return found.place
  const names = all.map((entry) => entry.name).join(', ')
  throw new OptionValueError('--void', name, names === '' ? 'There is no void between the anions.' : `Choose one of ${names}.`)
}

function summary(target: DopeTarget, doped: Doped, dopant: Dopant): string {
  const { chargeBalance: balance, replaced, dopants, structure } = doped
  const place = replaced.length > 0 ? `on ${replaced.join(', ')}` : 'in a void'
  const atoms = dopants.map((index) => index + 1).join(', ')
  const rows = [
    ['dopant', `${dopant.element}${dopant.oxidationState === undefined ? '' : ` (${signed(dopant.oxidationState)})`} ${place}, atom ${atoms}`],
    ['formula', `${formula(structure)}, ${structure.sites.length} atoms`],
    ['balance', balance === undefined ? unknownBalance(target, dopant) : balanceWords(balance)],
  ]
  return rows.map(([name = '', text]) => `${name.padEnd(8)} ${text}\n`).join('')
}

function unknownBalance(target: DopeTarget, { element, oxidationState }: Dopant): string {
  if (oxidationState === undefined) return `not known: ${element} has several charges; give --states ${element}=…`
  return `not known: ${target.chargeReason}`
}

function balanceWords(balance: number): string {
  if (balance === 0) return 'formal charges cancel'
  const count = Math.abs(balance)
  const what = balance > 0 ? (count === 1 ? 'electron' : 'electrons') : count === 1 ? 'hole' : 'holes'
  return `${signed(balance)} e: ${count} ${what} to place, by the calculation or by other defects`
}
