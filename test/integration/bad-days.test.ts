import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { dopant, smallProject, smallScreen } from './small-screen.ts'

const oneSlab = smallScreen.replace(/delithiation:.*\n/, '').replace('[B, Al]', '[Al]')

interface Shown {
  readonly calculation: { readonly state: string; readonly attempt: number; readonly failure: { readonly code: string; readonly message: string } | null }
  readonly events: readonly { readonly to: string; readonly reason: string }[]
}

async function show(folder: string, id: string): Promise<Shown> {
  const { stdout } = await dopant(['show', id, '--json', '--project', folder]).finished
  return JSON.parse(stdout) as Shown
}

/** About a minute. */
describe('a bad day', () => {
  it('of VASP ends with a failure that says what to do, blocks only what depends on it, and can be tried again', async () => {
    const { screenFile, folder } = smallProject(oneSlab, { hasDatabase: true })

    const failed = await dopant(['run', screenFile], { DOPANT_REHEARSAL_FAIL: 'scf-not-converged' }).finished

    expect(failed.code).toBe(1)
    expect(failed.stderr).toContain('2 failed, 2 blocked')
    expect((await show(folder, 'small/pristine/relax')).calculation.failure?.code).toBe('ELECTRONIC_UNCONVERGED')
    expect(failed.stdout).toContain('relax failed')

    await dopant(['retry', '--project', folder]).finished
    const mended = await dopant(['run', screenFile]).finished
    expect(mended.code, mended.stderr).toBe(0)
    expect(mended.stderr).toContain('4 done')
  })

  it('of too few ionic steps is continued from the last geometry, attempt by attempt', async () => {
    const { screenFile, folder } = smallProject(`${oneSlab.replace('method: {', 'method: { incar: { relax: { NSW: 20 } },')}`, { hasDatabase: true })

    const run = await dopant(['run', screenFile]).finished

    expect(run.code, run.stderr).toBe(0)
    const { calculation, events } = await show(folder, 'small/pristine/relax')
    expect(calculation.attempt).toBeGreaterThan(1)
    const goesOn = expect.stringMatching(/^ionic-unconverged \(nsw_used_up\): /) as unknown
    expect(events.map((event) => event.reason)).toEqual(expect.arrayContaining([goesOn]))
    expect(startsWhereTheOneBeforeEnded(folder)).toBe(true)
  })

  it('of a walltime that is too short comes forward from job to job and says what stopped it', async () => {
    const { screenFile, folder } = smallProject(oneSlab.replace(/dopants:\n.*\n.*\n/, ''), { hasDatabase: true })

    await dopant(['run', screenFile], { DOPANT_REHEARSAL_FAIL: 'walltime@12' }).finished

    const { calculation, events } = await show(folder, 'small/pristine/relax')
    const goesOn = expect.stringMatching(/^interrupted \(walltime\): .*goes on where it stood\.$/) as unknown
    expect(events.map((event) => event.reason)).toEqual(expect.arrayContaining([goesOn]))
    expect(calculation.failure?.message).toContain('time limit')
    expect(startsWhereTheOneBeforeEnded(folder)).toBe(true)
  })

  it('of a job that is shot goes on with another attempt', async () => {
    const { screenFile, folder } = smallProject(oneSlab)
    const { finished } = dopant(['run', screenFile], { DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.1' })
    const nativeId = await firstRunningJob(folder)

    process.kill(-Number(nativeId), 'SIGKILL')
    const run = await finished

    expect(run.code, run.stderr).toBe(0)
    const reasons = (await show(folder, 'small/pristine/relax')).events.map((event) => event.reason)
    expect(reasons).toContain('the job left the queue without telling its end')
  })

  it('of a mistyped screen, a missing host or an impossible slab leaves nothing behind', async () => {
    const { screenFile, folder } = smallProject(oneSlab)
    const broken = [
      [oneSlab.replace('repeats: 2', 'repeat: 2'), /line 4: slab has no key "repeat".*\n.*repeats/],
      [oneSlab.replace('li2mno3.cif', 'nothing.cif'), /There is no file/],
      [oneSlab.replace('[0, 1, 0]', '[0, 0, 0]'), /\(0 0 0\) is not a surface/],
      [oneSlab.replace('wyckoff: 4g', 'wyckoff: 9z'), /no site for Mn, 9z/],
      [oneSlab.replace('repeats: 2 }', 'repeats: 2, termination: T9 }'), /T9/],
    ] as const

    for (const [text, message] of broken) {
      writeFileSync(screenFile, text)
      const run = await dopant(['run', screenFile]).finished
      expect(run.code, run.stderr).toBe(2)
      expect(run.stderr).toMatch(message)
      expect(run.stderr.split('\n').length).toBeLessThan(6)
    }
    const status = await dopant(['status', '--project', folder]).finished
    expect(status.stderr).toContain('Nothing was run')
  })

  it('of a folder that cannot be written is answered before anything starts', async () => {
    const { screenFile } = smallProject(oneSlab)

    // Below a file nothing can be made, not even by root.
    const run = await dopant(['run', screenFile, '--project', join(screenFile, 'project')]).finished

    expect(run.code).toBe(3)
    expect(run.stderr).toContain('cannot be written')
  })
})

function startsWhereTheOneBeforeEnded(folder: string): boolean {
  const attempts = join(folder, '.dopant/runs/small/pristine/relax')
  const read = (path: string) => positions(readFileSync(join(attempts, path), 'utf8'))
  return read('attempt-1/CONTCAR').join() === read('attempt-2/POSCAR').join()
}

function positions(text: string): readonly string[] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => /^\s*direct/i.test(line)) + 1
  return lines.slice(first, first + 24).map((line) => line.trim().split(/\s+/).slice(0, 3).map((x) => Number(x).toFixed(9)).join(' '))
}

async function firstRunningJob(folder: string): Promise<string> {
  for (;;) {
    await wait(500)
    const { stdout } = await dopant(['status', '--json', '--project', folder]).finished
    if (stdout === '') continue
    const { calculations } = JSON.parse(stdout) as { calculations: { id: string; state: string; nativeId: string | null }[] }
    const running = calculations.find((each) => each.id === 'small/pristine/relax' && each.state === 'running')
    if (running?.nativeId != null) return running.nativeId
  }
}
