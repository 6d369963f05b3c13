import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Blow, BlowKind } from './blow-plan.ts'

/** The processes that drive a site: one engine with its embedded store, or servers and workers. */
export interface Driver {
  /** What can fall on them. */
  readonly kinds: readonly BlowKind[]
  readonly environment: NodeJS.ProcessEnv
  start(): Promise<void>
  /** Returns false when the blow is for something else. */
  strike(blow: Blow): Promise<boolean>
  /** Starts again what has ended and should not have. Returns how it ended. */
  mend(): Promise<readonly string[]>
  isOver(): Promise<boolean>
  stop(): Promise<void>
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
}

/** A process of the installation; what it says goes into a file. */
export function start(args: readonly string[], { environment, folder, log }: { readonly environment: NodeJS.ProcessEnv; readonly folder: string; readonly log: string }): Running {
  const child = spawn(process.execPath, [...args], { env: environment, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr.on('data', (chunk: Buffer) => appendFileSync(log, chunk))
  return { child, ended: new Promise((done) => child.on('close', done)) }
}

export const comparedTables = ['bonds', 'charges', 'energies', 'moments'] as const

export const dopantProgram = resolve('bin/dopant.js')

export function hasEnded({ child }: Running): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** What a process said last, for whoever looks why it ended. */
export function lastWords(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
}

/** A process that was just shot takes a moment to go. */
export async function kill(running: Running): Promise<void> {
  running.child.kill('SIGKILL')
  await Promise.race([running.ended, wait(2000)])
}

/** Asked to end, then made to. */
export async function end(running: Running): Promise<void> {
  if (hasEnded(running)) return
  running.child.kill('SIGTERM')
  await Promise.race([running.ended, wait(10_000)])
  if (!hasEnded(running)) await kill(running)
}
