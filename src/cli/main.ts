import { Command, CommanderError } from 'commander'
import { didYouMean } from '../base/did-you-mean.ts'
import type { CommandDefinition, CommandIo, CommandOptions, ExitCode } from './command.ts'
import { commandList } from './command-list.ts'
import { reportError } from './report-error.ts'

/** Runs the command line. @param words without the program's own name */
export async function main(words: readonly string[], io: CommandIo = processIo()): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = emptyProgram(io)
  try {
    const named = commandList.find((entry) => entry.name === words[0])
    for (const entry of commandList) {
      if (entry !== named) program.command(entry.name).description(entry.summary)
    }
    if (named !== undefined) {
      addCommand(program, await named.load(), io, (result) => {
        code = result
      })
    } else if (words[0] !== undefined && !words[0].startsWith('-') && words[0] !== 'help') {
      return unknownCommand(words[0], io)
    }
    await program.parseAsync(words.length === 0 ? ['--help'] : [...words], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return reportError(error, io)
  }
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

function addCommand(
  program: Command,
  definition: CommandDefinition,
  io: CommandIo,
  finish: (code: ExitCode) => void,
): void {
  const command = program.command(definition.name).description(definition.summary).exitOverride()
  for (const argument of definition.arguments ?? []) command.argument(argument.name, argument.description)
  for (const option of definition.options ?? []) command.option(option.flags, option.description, option.default)
  command.addHelpText('after', `\nExample:\n${definition.examples.map((example) => `  $ ${example}`).join('\n')}`)
  command.action(async (...given: unknown[]) => {
    const args = given.slice(0, -2).flatMap((word) => (word === undefined ? [] : (word as string | string[])))
    finish(await definition.run(args, given.at(-2) as CommandOptions, io))
  })
}

function unknownCommand(word: string, io: CommandIo): ExitCode {
  const names = commandList.map((entry) => entry.name)
  const guess = didYouMean(word, names)
  const help = guess === undefined ? `Commands: ${names.join(', ')}.` : `Did you mean ${guess}?`
  io.stderr.write(`dopant: there is no command ${word}.\n  ${help}\n`)
  return 2
}

function processIo(): CommandIo {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  process.once('SIGTERM', () => interrupt.abort())
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    isTerminal: process.stderr.isTTY,
    cwd: process.cwd(),
    environment: process.env,
    stdin: process.stdin,
    signal: interrupt.signal,
  }
}
