/**
 * Kills the flagship screen with SIGKILL at random moments, lets it finish, and compares its tables with those of a run
 * that was left alone. Prints a ledger; exits with 1 on any difference.
 *
 *     npm run soak -- [kills] [seed]        about four minutes with the default of ten kills
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../src/base/seeded-random.ts'

const kills = Number(process.argv[2] ?? 10)
const seed = process.argv[3] ?? 'soak'
const random = seededRandom(seed)
const work = mkdtempSync(join(tmpdir(), 'dopant-soak-'))

try {
  process.exitCode = await soak()
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function soak(): Promise<number> {
  console.log(`seed ${seed}, ${kills} kills`)
  const calm = project('calm')
  console.log(`left alone: exit ${await finish(calm)}`)
  const shot = project('shot')
  for (let i = 1; i <= kills; i++) {
    const seconds = 1 + random() * 8
    console.log(`kill ${i} after ${seconds.toFixed(2)} s: ${await shoot(shot, seconds)}`)
  }
  console.log(`let finish: exit ${await finish(shot)}`)
  const differing = ['bonds', 'charges', 'oxygen-pairs'].filter((name) => rows(calm, name) !== rows(shot, name))
  const counts = executions(shot)
  console.log(`tables that differ: ${differing.length === 0 ? 'none' : differing.join(', ')}`)
  console.log(`attempts ${counts.length}, executed more than once: ${counts.filter((count) => count !== 1).length}`)
  return differing.length === 0 && counts.every((count) => count === 1) ? 0 : 1
}

function project(name: string): string {
  const folder = join(work, name, 'examples', 'li2mno3-010')
  cpSync('examples/li2mno3-010', folder, { recursive: true, filter: (path) => !/\.dopant|results/.test(path) })
  cpSync('structures', join(work, name, 'structures'), { recursive: true })
  return folder
}

function start(folder: string) {
  const args = [resolve('bin/dopant.js'), 'run', join(folder, 'screen.yaml')]
  return spawn(process.execPath, args, { stdio: 'ignore' })
}

function finish(folder: string): Promise<number | null> {
  return new Promise((done) => start(folder).on('close', done))
}

async function shoot(folder: string, seconds: number): Promise<string> {
  const child = start(folder)
  const ended = new Promise<string>((done) => child.on('close', () => done('it had finished before')))
  const early = await Promise.race([ended, wait(seconds * 1000).then(() => undefined)])
  child.kill('SIGKILL')
  await ended
  return early ?? `${executions(folder).length} attempts had begun`
}

function rows(folder: string, table: string): string {
  const text = readFileSync(join(folder, 'results', 'li2mno3-010', `${table}.json`), 'utf8')
  return JSON.stringify((JSON.parse(text) as { rows: unknown }).rows)
}

/** How often each attempt's job has begun, counted by the jobs themselves. */
function executions(folder: string): readonly number[] {
  const runs = join(folder, '.dopant', 'runs')
  try {
    return readdirSync(runs, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('dopant-starts'))
      .map((path) => Number(readFileSync(join(runs, path), 'utf8')))
  } catch {
    return []
  }
}
