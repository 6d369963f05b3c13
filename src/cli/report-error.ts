import { isKnownError } from '../base/known-error.ts'
import type { CommandIo, ExitCode } from './command.ts'

/** Message and remedy for what was foreseen; the stack for what was not, because that is a bug. */
export function reportError(error: unknown, io: CommandIo): ExitCode {
  if (isKnownError(error)) {
    io.stderr.write(`dopant: ${error.message}\n${indent(error.remedy)}\n`)
    return error.exitCode
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr.write(`dopant: this should not have happened; please report it.\n${stack}\n`)
  return 1
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
