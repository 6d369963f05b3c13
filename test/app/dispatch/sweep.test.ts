import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sizeOfPart } from '../../../src/adapters/transports/remote/transfer-scripts.ts'
import { placeAttemptScript } from '../../../src/app/dispatch/place-attempt-script.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const hasNoFaketime = spawnSync('faketime', ['--version']).status !== 0
if (hasNoFaketime) console.warn('skipped: clocks that differ, because faketime is not installed (Debian: faketime)')

/** Two minutes and three days ago, by the clock of the file server. */
const ages = { inProgress: 2 * 60, old: 3 * 86_400 }

function makeAged(path: string, secondsAgo: number, isFolder: boolean): string {
  if (isFolder) mkdirSync(path, { recursive: true })
  else writeFileSync(path, 'half of a file')
  if (isFolder) writeFileSync(join(path, 'INCAR'), 'ENCUT = 520\n')
  const at = Date.now() / 1000 - secondsAgo
  utimesSync(path, at, at)
  return path
}

type Sh = (args: readonly string[]) => number | null

/** What is left of two uploads, one in progress and one that was cut off days ago, after another attempt was put into its place. */
function afterPlacing(sh: Sh): readonly string[] {
  const incoming = join(temporaryFolder(), '.incoming')
  mkdirSync(incoming)
  makeAged(join(incoming, 'old'), ages.old, true)
  makeAged(join(incoming, 'inProgress'), ages.inProgress, true)
  const fresh = join(incoming, 'fresh')
  mkdirSync(fresh)
  expect(sh(['-c', placeAttemptScript, 'dopant-place', fresh, join(incoming, '../small/relax'), '1'])).toBe(0)
  expect(existsSync(join(incoming, '../small/relax/attempt-1'))).toBe(true)
  return readdirSync(incoming).toSorted()
}

/** The same of two parts of large files, after a transfer into their folder has begun. */
function afterSending(sh: Sh): readonly string[] {
  const folder = temporaryFolder()
  makeAged(join(folder, '.dopant-old.part'), ages.old, false)
  makeAged(join(folder, '.dopant-inProgress.part'), ages.inProgress, false)
  expect(sh(['-c', sizeOfPart, 'dopant', folder, '.dopant-new.part'])).toBe(0)
  return readdirSync(folder).map((name) => name.slice('.dopant-'.length, -'.part'.length)).toSorted()
}

/** The login node's clock is shifted; the times of files are the file server's. */
function atClock(shift: string): Sh {
  return (args) => spawnSync('faketime', ['-f', shift, 'sh', ...args], { env: { ...process.env, NO_FAKE_STAT: '1' } }).status
}

describe('what uploads left that were cut off', () => {
  it('goes after a day by the clock of its site, whatever ours says, and an upload in progress stays', () => {
    const sh: Sh = (args) => spawnSync('sh', args).status

    expect(afterPlacing(sh)).toEqual(['inProgress'])
    expect(afterSending(sh)).toEqual(['inProgress'])
  })

  it.skipIf(hasNoFaketime)('is left alone by a login node whose clock is a day before its file server’s: it cannot tell what is old', () => {
    const sh = atClock('+1d')

    expect(afterPlacing(sh)).toEqual(['inProgress', 'old'])
    expect(afterSending(sh)).toEqual(['inProgress', 'old'])
  })

  it.skipIf(hasNoFaketime)('goes a day later by a login node whose clock is a day behind', () => {
    const sh = atClock('-1d')

    expect(afterPlacing(sh)).toEqual(['inProgress'])
    expect(afterSending(sh)).toEqual(['inProgress'])
  })
})
