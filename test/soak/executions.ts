import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What lies on the compute side of one attempt. */
export interface ExecutedAttempt {
  readonly path: string
  /** The id of the job that has it, `revoked`, or `none`. */
  readonly claim: string
  /** How often VASP was started, by its own count. */
  readonly executions: number
  /** Jobs of the same name that found it taken and ended. */
  readonly aside: readonly string[]
}

/** Every attempt below a folder. */
export function attemptsBelow(folder: string): readonly ExecutedAttempt[] {
  if (!existsSync(folder)) return []
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return found
    .filter((path) => /(^|\/)attempt-\d+\/name$/.test(path) && !path.startsWith('.incoming'))
    .map((path) => attemptIn(join(folder, dirname(path))))
}

function attemptIn(path: string): ExecutedAttempt {
  const claim = readdirSync(path).includes('dopant-claim') ? readlinkSync(join(path, 'dopant-claim')) : 'none'
  return { path, claim, executions: linesOf(join(path, 'executions')).length, aside: linesOf(join(path, 'dopant-aside')) }
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

/** An attempt that was closed never runs; every other one that was begun runs once. */
export function isWrong({ claim, executions }: ExecutedAttempt): boolean {
  return claim === 'none' ? executions !== 0 : executions !== (claim === 'revoked' ? 0 : 1)
}

/** `a 3, b 1`, in the order of the words. */
export function tally(words: readonly string[]): string {
  const counts = [...new Set(words)].sort().map((word) => `${word} ${words.filter((each) => each === word).length}`)
  return counts.length === 0 ? 'none' : counts.join(', ')
}
