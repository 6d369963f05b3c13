import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/seeded-random.ts'
import { dopant, smallProject, smallScreen } from './small-screen.ts'

/** Under a minute: one screen once, and once under fire. */
describe('a screen on the rehearsal site', () => {
  it('ends with both tables, says rehearsal in every row, and does nothing the second time', async () => {
    const { screenFile, folder } = smallProject()

    const first = await dopant(['run', screenFile]).finished
    const again = await dopant(['run', screenFile]).finished

    expect(first.code, first.stderr).toBe(0)
    expect(first.stderr).toContain('10 done')
    const bonds = table(folder, 'bonds')
    expect(bonds.rows.map((row) => row['candidate'])).toEqual([
      'pristine',
      'B-on-Mn',
      'Al-on-Mn',
      'pristine-delith1',
      'B-on-Mn-delith1',
    ])
    expect(bonds.rows.every((row) => row['method'] === 'rehearsal')).toBe(true)
    expect(again.stderr).toContain('0 new calculations, 10 were there before')
    expect(starts(folder)).toEqual(new Array(10).fill(1))
  })

  it('answers status beside a run, and says how to come back when it is stopped', async () => {
    const { screenFile, folder } = smallProject()
    const running = dopant(['run', screenFile], { DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.2' })
    await until(() => starts(folder).length > 0)

    const status = await dopant(['status', '--project', folder]).finished
    running.child.kill('SIGINT')
    const stopped = await running.finished

    expect(status.stdout).toContain('small/pristine/relax')
    expect(stopped.stderr).toContain('Come back with')
  })

  it('killed at random moments ends in the same tables, with every attempt executed once', async () => {
    const undisturbed = smallProject(smallScreen, { hasDatabase: true })
    await dopant(['run', undisturbed.screenFile]).finished
    const { screenFile, folder } = smallProject()
    const kills = Number(process.env['DOPANT_KILLS'] ?? 4)
    const random = seededRandom(process.env['DOPANT_KILL_SEED'] ?? 'kills')

    for (let i = 0; i < kills; i++) {
      const { child, finished } = dopant(['run', screenFile])
      await Promise.race([finished, wait(1000 + random() * 7000)])
      child.kill('SIGKILL')
      await finished
    }
    const last = await dopant(['run', screenFile]).finished

    expect(last.code, last.stderr).toBe(0)
    expect(rowsWithoutTimes(folder)).toEqual(rowsWithoutTimes(undisturbed.folder))
    expect(starts(folder).every((count) => count === 1)).toBe(true)
  })
})

interface SavedTable {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

function table(folder: string, name: string): SavedTable {
  return JSON.parse(readFileSync(join(folder, 'results', 'small', `${name}.json`), 'utf8')) as SavedTable
}

function rowsWithoutTimes(folder: string): unknown {
  return [table(folder, 'bonds').rows, table(folder, 'charges').rows]
}

/** How often each attempt's job has started, counted by the jobs themselves. */
function starts(folder: string): number[] {
  const runs = join(folder, '.dopant', 'runs')
  if (!statSync(runs, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(runs, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('dopant-starts'))
    .map((path) => Number(readFileSync(join(runs, path), 'utf8')))
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(100)
}
