import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathOf } from './programs.ts'

type Environment = Readonly<Record<string, string>>

/** The servers of one test bed, in a folder of its own; nothing of them is left after `stop`. */
export interface Daemons {
  readonly folder: string
  /** In the foreground, so that its process id is known. */
  start(program: string, args: readonly string[], environment: Environment): ChildProcess
  /** Ends them in reverse order, then whatever they started, and removes the folder. */
  stop(): Promise<void>
}

/** @param prefix short, because the path of a socket has room for 107 bytes */
export function daemonsIn(prefix: string): Daemons {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  const children: ChildProcess[] = []
  const endAll = (): void => {
    for (const child of children) child.kill('SIGKILL')
    for (const pid of processesOf(folder)) killQuietly(pid)
  }
  process.once('exit', endAll)
  return {
    folder,
    start(program, args, environment) {
      const child = spawn(pathOf(program) ?? program, args, { env: environment, stdio: 'ignore', cwd: folder })
      child.on('error', () => undefined)
      children.push(child)
      return child
    },
    async stop() {
      for (const child of children) child.kill('SIGCONT')
      for (const child of [...children].reverse()) child.kill('SIGTERM')
      await holdsWithin(3, () => children.every(hasEnded))
      endAll()
      await holdsWithin(3, () => processesOf(folder).length === 0)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      process.off('exit', endAll)
    },
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

/** Job steps outlive their daemons; what belongs to a bed carries its folder in its environment. */
function processesOf(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environmentOf(pid).includes(`=${folder}/`))
    .map(Number)
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** The output of a program, empty when it failed. */
export function asked(program: string, args: readonly string[], environment: Environment): string {
  try {
    return execFileSync(pathOf(program) ?? program, args, {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 20_000,
    })
  } catch {
    return ''
  }
}

/** @throws Error naming `what` when it does not hold within 30 s */
export async function untilStarted(what: string, holds: () => boolean): Promise<void> {
  if (!(await holdsWithin(30, holds))) throw new Error(`${what} did not start within 30 s`)
}

async function holdsWithin(seconds: number, holds: () => boolean): Promise<boolean> {
  const end = Date.now() + seconds * 1000
  while (!holds()) {
    if (Date.now() > end) return false
    await wait(100)
  }
  return true
}
