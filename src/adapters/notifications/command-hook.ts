import { spawn, type ChildProcess } from 'node:child_process'
import type { Digest, Notifier } from '../../ports/notifier.ts'
import { NotificationFailedError } from './notification-error.ts'
import type { NotifierSettings } from './webhook.ts'

const timeoutMs = 30_000

/** Runs a program with the digest as JSON on its standard input; what it prints is not read. */
export function commandHook(command: readonly [string, ...string[]], settings: NotifierSettings): Notifier {
  const [program, ...args] = command
  const name = program.split('/').at(-1) ?? program
  const send = async (digest: Digest, signal: AbortSignal): Promise<void> => {
    const problem = await run(program, args, JSON.stringify(digest), signal)
    if (problem !== undefined) throw new NotificationFailedError(name, problem)
  }
  return { name, ...settings, send }
}

/** In a process group of its own, so that what a script has started ends with it. */
function run(program: string, args: readonly string[], input: string, ended: AbortSignal): Promise<string | undefined> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(timeoutMs)])
  if (signal.aborted) return Promise.resolve('the engine has stopped')
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
    const endAll = (): void => killGroup(child)
    const finish = (problem: string | undefined): void => {
      signal.removeEventListener('abort', endAll)
      child.stdin.destroy()
      resolve(problem)
    }
    signal.addEventListener('abort', endAll, { once: true })
    child.on('error', (error: NodeJS.ErrnoException) => finish(`it could not be started (${error.code ?? error.name})`))
    child.on('exit', (code, by) => finish(code === 0 ? undefined : signal.aborted ? endedWords(ended) : endWords(code, by)))
    child.stdin.on('error', () => undefined) // a program that does not read its input is no trouble
    child.stdin.end(input)
  })
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function endedWords(ended: AbortSignal): string {
  return ended.aborted ? 'it had not ended when the engine stopped' : `it had not ended after ${timeoutMs / 1000} s`
}

function endWords(code: number | null, by: NodeJS.Signals | null): string {
  return by === null ? `it ended with ${code}` : `it was ended by ${by}`
}
