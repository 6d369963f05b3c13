import { Command, CommanderError } from 'commander'
import { didYouMean } from '../base/did-you-mean.ts'
import type { CommandDefinition, CommandEntry, CommandIo, CommandOptions, ExitCode } from './command.ts'
import { commandList } from './command-list.ts'
import { processIo } from './process-io.ts'
import { reportError } from './report-error.ts'

/** Runs the command line. @param words without the program's own name */
export async function main(words: readonly string[], io: CommandIo = processIo()): Promise<ExitCode> {
  let code: ExitCode = 0
  const finish = (result: ExitCode): void => void (code = result)
  const program = emptyProgram(io)
  try {
    const asked = asOption(words)
    const wrong = await addNamed(program, commandList, asked, io, finish)
    if (wrong !== undefined) return unknownCommand(wrong, io)
    await program.parseAsync([...asked], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return reportError(error, io)
  }
}

/** `help structure slab` is `structure slab --help`: only a command that is named has its options loaded. */
function asOption(words: readonly string[]): readonly string[] {
  if (words.length === 0) return ['--help']
  return words[0] === 'help' ? [...words.slice(1), '--help'] : words
}

interface UnknownWord {
  readonly word: string
  readonly known: readonly string[]
}

/**
 * Loads the command that the first word names, and the one within it if it is a group; the others are names for the help.
 *
 * @returns the word that is no command
 */
async function addNamed(
  parent: Command,
  entries: readonly CommandEntry[],
  [word, ...rest]: readonly string[],
  io: CommandIo,
  finish: (code: ExitCode) => void,
): Promise<UnknownWord | undefined> {
  const named = entries.find((entry) => entry.name === word)
  for (const entry of entries) if (entry !== named) parent.command(entry.name).description(entry.summary)
  if (named === undefined) {
    const isCommand = word !== undefined && !word.startsWith('-')
    return isCommand ? { word, known: entries.map((entry) => entry.name) } : undefined
  }
  const definition = await named.load()
  const command = parent.command(named.name).description(named.summary).exitOverride()
  command.addHelpText('after', `\nExample:\n${definition.examples.map((example) => `  $ ${example}`).join('\n')}`)
  if ('subcommands' in definition) return addNamed(command.helpCommand(false), definition.subcommands, rest, io, finish)
  addAction(command, definition, io, finish)
  return undefined
}

function emptyProgram(io: CommandIo): Command {
  return new Command('dopant')
    .description('Dopant screens with VASP: from a host crystal to bond-length and charge tables.')
    .exitOverride()
    .showHelpAfterError('(`--help` shows what is allowed, with an example)')
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
}

function addAction(
  command: Command,
  definition: CommandDefinition,
  io: CommandIo,
  finish: (code: ExitCode) => void,
): void {
  for (const argument of definition.arguments ?? []) command.argument(argument.name, argument.description)
  for (const option of definition.options ?? []) command.option(option.flags, option.description, option.default)
  command.action(async (...given: unknown[]) => {
    const args = given.slice(0, -2).flatMap((word) => (word === undefined ? [] : (word as string | string[])))
    finish(await definition.run(args, given.at(-2) as CommandOptions, io))
  })
}

function unknownCommand({ word, known }: UnknownWord, io: CommandIo): ExitCode {
  const guess = didYouMean(word, known)
  const help = guess === undefined ? `Commands: ${known.join(', ')}.` : `Did you mean ${guess}?`
  io.stderr.write(`dopant: there is no command ${word}.\n  ${help}\n`)
  return 2
}
