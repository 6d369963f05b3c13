import { execFileSync } from 'node:child_process'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lookScript, readLook } from '../../../src/app/dispatch/look-script.ts'
import { mostProgressBytes } from '../../../src/app/dispatch/progress-script.ts'
import { readProgress, watchedOszicar } from '../../../src/app/watch/read-progress.ts'
import { watchDiagnoses } from '../../../src/app/watch/watch-run.ts'
import type { Site } from '../../../src/ports/site.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const electronic = (n: number, change: string): string => `DAV: ${String(n).padStart(3)}    -0.1${n}0E+03   ${change}   -0.10E+02  1024   0.5E+01`
const ionic = (n: number): string => `   ${n} F= -.31000${n}00E+02 E0= -.30000${n}00E+02  d E =-.120000E-0${n}  mag=     8.0000`
const heading = '       N       E                     dE             d eps       ncg     rms          rms(c)'

/** A job folder as VASP leaves it in the middle of a relaxation. */
function runningFolder(nelm = 60): string {
  const folder = temporaryFolder()
  const loop = (steps: number, last: string): string[] => [heading, ...Array.from({ length: steps }, (_, i) => electronic(i + 1, i + 1 === steps ? last : '-0.10000E+01'))]
  const steps = [1, 2, 3, 4, 5].flatMap((n) => [...loop(nelm, '-0.23000E-01'), ionic(n)])
  writeFileSync(join(folder, 'OSZICAR'), [...steps, ...loop(7, '-0.45000E-02')].join('\n') + '\n')
  const row = (force: string): string => `      1.00000      2.00000      3.00000         ${force}      0.000000      0.000000`
  const table = (force: string): string => ` POSITION                                       TOTAL-FORCE (eV/Angst)\n ${'-'.repeat(83)}\n${row('0.010000')}\n${row(force)}\n ${'-'.repeat(83)}\n    total drift:     0.0   0.0   0.0`
  writeFileSync(join(folder, 'OUTCAR'), `${table('0.900000')}\n     LOOP+:  cpu time  118.0: real time  120.50\n${table('-0.070000')}\n     LOOP+:  cpu time   99.0: real time  101.00\n`)
  writeFileSync(join(folder, 'INCAR'), `EDIFF    = 1E-6     # eV\nNELM     = ${nelm}\nNSW      = 200\nEDIFFG   = -0.01    # eV/A\nENCUT = 520\n`)
  writeFileSync(join(folder, 'vasp.out'), 'entering main loop\nDAV:   7\n')
  writeFileSync(join(folder, 'dopant-start'), 'host=c1\nid=17\nstarts=1\nat=2026-11-22T10:00:00Z\n')
  return folder
}

function look(...folders: readonly string[]) {
  return readLook(execFileSync('sh', ['-c', lookScript, 'dopant-look', ...folders], { encoding: 'utf8' }))
}

describe('a look at jobs that run', () => {
  it('tells in about a kilobyte how far a relaxation has come', () => {
    const [files] = look(runningFolder())

    const lines = files?.progress ?? []
    const progress = readProgress(lines, { startedAt: new Date(Date.now() - 600_000).toISOString(), walltimeSeconds: 3600, before: undefined })

    expect(lines.join('\n').length).toBeLessThan(mostProgressBytes / 2)
    expect(progress).toMatchObject({
      ionicSteps: 5,
      mostIonicSteps: 200,
      scf: { step: 7, most: 60, lastChangeEv: -0.0045, criterionEv: 1e-6 },
      maxForceEvPerAngstrom: 0.07,
      forceCriterionEvPerAngstrom: 0.01,
      longestStepSeconds: 120.5,
      lastLines: ['entering main loop', 'DAV:   7'],
      stop: null,
    })
    expect(progress?.steps.map(({ step, scfSteps }) => [step, scfSteps])).toEqual([1, 2, 3, 4, 5].map((n) => [n, 60]))
    expect(progress?.steps.at(-1)?.energySigmaToZeroEv).toBeCloseTo(-30.0005, 6)
    expect(progress?.secondsLeft).toBeGreaterThan(2900)
    expect(progress?.secondsLeft).toBeLessThanOrEqual(3001)
  })

  it('keeps each folder’s lines apart, says nothing of jobs that have ended, and survives folders without files', () => {
    const [running, ended, empty] = [runningFolder(), runningFolder(), temporaryFolder()]
    writeFileSync(join(ended, 'dopant-end'), 'code=0\ncause=exit\nat=2026-11-22T11:00:00Z\n')
    mkdirSync(join(empty, 'nothing'))

    const [first, second, third, fourth] = look(ended, running, empty, join(empty, 'absent'))

    expect(first?.progress).toBeUndefined()
    expect(first?.end?.get('code')).toBe('0')
    expect(second?.progress?.length).toBeGreaterThan(5)
    expect(second?.start?.get('id')).toBe('17')
    expect([third, fourth].map((files) => [files?.start, files?.progress])).toEqual([[undefined, undefined], [undefined, undefined]])
  })

  it('remembers the slowest step after it has left the end of the OUTCAR', () => {
    const lines = look(runningFolder())[0]?.progress ?? []
    const before = readProgress(lines, { startedAt: undefined, walltimeSeconds: undefined, before: undefined })
    const later = readProgress(lines.filter((line) => !line.startsWith('loop')), { startedAt: undefined, walltimeSeconds: undefined, before })

    expect(later?.longestStepSeconds).toBe(120.5)
    expect(later?.secondsLeft).toBeNull()
  })
})

describe('a run that leads nowhere', () => {
  const site = { silenceSeconds: 60 } as Site
  const told = (lines: readonly string[]) => {
    const progress = readProgress(lines, { startedAt: undefined, walltimeSeconds: undefined, before: undefined })
    return watchDiagnoses({ site }, progress!, lines).map(({ symptom }) => symptom)
  }

  it('is told when four loops in a row used up NELM, and not when they converged', () => {
    const lines = look(runningFolder())[0]?.progress ?? []
    const converged = lines.map((line) => line.replace(/^step 60 /, 'step 12 '))

    expect(watchedOszicar(lines).ionicSteps.map(({ scfSteps }) => scfSteps)).toEqual([60, 60, 60, 60, 60])
    expect(told(lines)).toEqual(['nonconverging'])
    expect(told(converged)).toEqual([])
  })

  it('is told when nothing was written for ten times its slowest step', () => {
    const folder = runningFolder(200)
    const long = new Date(Date.now() - 1_300_000)
    for (const name of ['OSZICAR', 'OUTCAR', 'vasp.out']) utimesSync(join(folder, name), long, long)
    const lines = (look(folder)[0]?.progress ?? []).map((line) => line.replace(/^step 200 /, 'step 12 '))

    expect(told(lines)).toEqual(['frozen'])
  })
})
