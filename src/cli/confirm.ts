import { createInterface } from 'node:readline/promises'
import { KnownError } from '../base/known-error.ts'
import type { CommandIo, CommandOption } from './command.ts'

export class ConfirmationMissingError extends KnownError {
  readonly code = 'CONFIRMATION_MISSING'
  readonly remedy: string
  constructor(what: string, remedy: string) {
    super(what)
    this.remedy = remedy
  }
}

export interface Confirmation {
  /** What will happen, one sentence. */
  readonly warning: string
  /** Ends with `(yes/no)? `. */
  readonly question: string
  /** Said when nobody confirmed it. */
  readonly refused: string
  readonly remedy: string
}

export const yesOption: CommandOption = { flags: '--yes', description: 'do not ask' }

/** @throws ConfirmationMissingError unless somebody at a terminal types yes */
export async function confirm({ warning, question, refused, remedy }: Confirmation, { isTerminal, stderr, signal }: CommandIo): Promise<void> {
  if (!isTerminal || process.stdin.isTTY !== true) throw new ConfirmationMissingError(refused, remedy)
  stderr.write(`${warning}\n`)
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question(question, { signal })
    if (answer.trim().toLowerCase() !== 'yes') throw new ConfirmationMissingError(refused, remedy)
  } finally {
    lines.close()
  }
}
