import { environmentsOf, type Environment } from '../../../app/structure/environments.ts'
import { ElementMissingError } from '../../../app/structure/distinct-choices.ts'
import { SiteNotFoundError } from '../../../structure/dopant/dopant-errors.ts'
import type { Structure } from '../../../structure/structure.ts'
import { alignedText } from '../../aligned-text.ts'
import type { CommandDefinition, CommandOptions } from '../../command.ts'
import { numberOption, textOption } from '../../option-values.ts'
import { atomNumbers, signed } from './info.ts'
import { statesOf, statesOption } from './slab-options.ts'
import { fileArgument, inputOptions, structureInput } from './structure-input.ts'
import { jsonOption } from './structure-output.ts'

export const neighboursCommand: CommandDefinition = {
  name: 'neighbours',
  summary: 'bonds, coordination and valence sums',
  arguments: [fileArgument],
  options: [
    { flags: '--element <symbol>', description: 'only atoms of this element' },
    { flags: '--atom <number>', description: 'only this atom (and its equals), from 1' },
    statesOption,
    ...inputOptions,
    jsonOption,
  ],
  examples: ['dopant structure neighbours CONTCAR --element Mn', 'dopant structure neighbours host.cif --atom 1 --json'],
  run: async (args, options, io) => {
    const { structure } = await structureInput(args, options, io)
    const found = environmentsOf(structure, statesOf(options))
    const environments = chosen(found.environments, structure, options)
    if (options['json'] === true) {
      io.stdout.write(`${JSON.stringify({ ...found, environments })}\n`)
      return 0
    }
    io.stdout.write(alignedText(header, environments.map(row)))
    const rules = found.rules.length > 0 ? found.rules.map((rule) => `bonded: ${rule}\n`).join('') : noAnions
    io.stdout.write(`\n${rules}charges: ${found.chargeReason}\n`)
    return 0
  },
}

const header = ['atom', 'Wyckoff', 'charge', 'CN', 'lengths/Å', 'mean/Å', 'ECoN', 'valence sum', 'equal atoms']

const noAnions = 'bonded: nothing, since bonds are counted between cations and anions; "dopant structure info" lists the shortest distances\n'

function row(environment: Environment): readonly string[] {
  const { index, element, wyckoff, oxidationState, equivalent } = environment
  return [
    `${element} ${index + 1}`,
    wyckoff,
    signed(oxidationState),
    String(environment.coordinationNumber),
    lengthsText(environment),
    environment.meanAngstrom?.toFixed(3) ?? '',
    environment.effectiveCoordination?.toFixed(2) ?? '',
    environment.bondValenceSum?.toFixed(2) ?? '',
    atomNumbers(equivalent),
  ]
}

/** `O 4 × 1.920, 2 × 2.306`: lengths that agree in three decimals together. */
function lengthsText({ bonds }: Environment): string {
  const byElement = new Map<string, Map<string, number>>()
  for (const { element, lengthAngstrom } of bonds) {
    const lengths = byElement.get(element) ?? new Map<string, number>()
    const text = lengthAngstrom.toFixed(3)
    byElement.set(element, lengths.set(text, (lengths.get(text) ?? 0) + 1))
  }
  const words = ([length, count]: [string, number]): string => (count === 1 ? length : `${count} × ${length}`)
  return [...byElement].map(([element, lengths]) => `${element} ${[...lengths].map(words).join(', ')}`).join('; ')
}

function chosen(all: readonly Environment[], structure: Structure, options: CommandOptions): readonly Environment[] {
  const element = textOption(options['element'])
  const atom = options['atom'] === undefined ? undefined : numberOption('--atom', options['atom'])
  if (element !== undefined && !all.some((environment) => environment.element === element))
    throw new ElementMissingError(element, structure)
  if (atom !== undefined && structure.sites[atom - 1] === undefined) throw new SiteNotFoundError(atom, structure)
  return all.filter(
    (environment) =>
      (element === undefined || environment.element === element) &&
      (atom === undefined || environment.equivalent.includes(atom - 1)),
  )
}
