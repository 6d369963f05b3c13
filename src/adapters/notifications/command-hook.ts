import { spawn } from 'node:child_process'
import type { Digest, Notifier } from '../../ports/notifier.ts'
import { NotificationFailedError } from './notification-error.ts'
import type { NotifierSettings } from './webhook.ts'

const timeoutMs = 30_000

/** Runs a program with the digest as JSON on its standard input; what it prints is not read. */
export function commandHook(command: readonly [string, ...string[]], settings: NotifierSettings): Notifier {
  const [program, ...args] = command
  const name = program.split('/').at(-1) ?? program
  const send = async (digest: Digest): Promise<void> => {
    const problem = await run(program, args, JSON.stringify(digest))
    if (problem !== undefined) throw new NotificationFailedError(name, problem)
  }
  return { name, ...settings, send }
}

function run(program: string, args: readonly string[], input: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: timeoutMs, killSignal: 'SIGKILL' })
    child.on('error', (error: NodeJS.ErrnoException) => resolve(`it could not be started (${error.code ?? error.name})`))
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : endWords(code, signal)))
    child.stdin.on('error', () => undefined) // a program that does not read its input is no trouble
    child.stdin.end(input)
  })
}

function endWords(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `it ended with ${code}` : `it was ended by ${signal}, after ${timeoutMs / 1000} s if it hung`
}
