import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { temporaryFolder } from '../temporary-folder.ts'
import { withDatabase } from '../with-database.ts'
import { smallScreen } from './small-screen-text.ts'

export { smallScreen }

export interface SmallProject {
  readonly folder: string
  readonly screenFile: string
}

/** A project in which nothing was run yet. With a database its first command need not make one; without, there is no trace of any. */
export function smallProject(text = smallScreen, { hasDatabase = false } = {}): SmallProject {
  const folder = join(temporaryFolder(), "a project's folder")
  mkdirSync(folder)
  writeFileSync(join(folder, 'dopant.yaml'), '')
  const screenFile = join(folder, 'screen.yaml')
  writeFileSync(screenFile, text)
  if (hasDatabase) withDatabase(join(folder, '.dopant'))
  return { folder, screenFile }
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The real command line in a process of its own, on a coarse grid. */
export function dopant(args: readonly string[], environment: NodeJS.ProcessEnv = {}): { child: ChildProcess; finished: Promise<Finished> } {
  const child = spawn(process.execPath, [resolve('bin/dopant.js'), ...args], {
    env: { ...process.env, DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => (out.stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (out.stderr += text.toString()))
  const finished = new Promise<Finished>((done) => child.on('close', (code) => done({ code, ...out })))
  return { child, finished }
}
