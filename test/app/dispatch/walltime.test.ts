import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../temporary-folder.ts'
import { jobFolder, runJob } from './job-fixture.ts'

/** A VASP of two-second ionic steps that obeys STOPCAR as VASP does: LSTOP after an ionic, LABORT after an electronic step. */
const vaspOfShortSteps = `
for ionic in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
  for electronic in 1 2 3 4 5 6 7 8; do
    sleep 0.25
    echo "      LOOP:  cpu time    0.2500: real time    0.2500" >>OUTCAR
    if grep -q LABORT STOPCAR 2>/dev/null; then echo " hard stop encountered!  aborting job ..." >>OUTCAR; exit 0; fi
  done
  echo "     LOOP+:  cpu time    2.0000: real time    2.0000" >>OUTCAR
  if grep -q LSTOP STOPCAR 2>/dev/null; then echo " soft stop encountered!  aborting job ..." >>OUTCAR; exit 0; fi
done
echo finished >>OUTCAR`

/** One ionic step that never comes to its end. */
const vaspOfOneLongStep = `
while :; do
  sleep 0.2
  echo "      LOOP:  cpu time    0.2000: real time    0.2000" >>OUTCAR
  if grep -q LABORT STOPCAR 2>/dev/null; then echo " hard stop encountered!  aborting job ..." >>OUTCAR; exit 0; fi
done`

function endOf(folder: string): string {
  return readFileSync(join(folder, 'dopant-end'), 'utf8')
}

const pairs = (text: string) => new Map(text.split('\n').map((line) => line.split('=') as [string, string]))

describe.concurrent('a job before the end of its time', () => {
  it('asks for LSTOP at least two ionic steps before, and tells why it ended', async () => {
    const folder = await jobFolder({ vasp: vaspOfShortSteps, walltimeSeconds: 11 })

    const { exitCode } = await runJob(folder)

    // Where this machine is slow, the step does not come to its end and LABORT follows: the first wish is judged.
    const [first = ''] = readFileSync(join(folder, 'dopant-stop'), 'utf8').split(/\n(?=asked=)/)
    const asked = pairs(first)
    expect(exitCode).toBe(0)
    expect(endOf(folder)).toMatch(/^code=0\ncause=walltime-stop\n/)
    expect(asked.get('asked')).toBe('LSTOP')
    expect(Number(asked.get('left'))).toBeGreaterThanOrEqual(Number(asked.get('twice_ionic')))
    expect(asked.get('twice_ionic')).toBe('4')
    expect(readFileSync(join(folder, 'OUTCAR'), 'utf8')).toMatch(/(soft|hard) stop/)
  })

  it('asks for LABORT when the ionic step does not come to its end in time', async () => {
    const folder = await jobFolder({ vasp: vaspOfOneLongStep, walltimeSeconds: 6, bader: 'touch charged' })

    await runJob(folder)

    expect(endOf(folder)).toMatch(/cause=walltime-stop/)
    expect(readFileSync(join(folder, 'STOPCAR'), 'utf8')).toBe('LABORT = .TRUE.\n')
    // Charges of a half density would be taken for a result.
    expect(existsSync(join(folder, 'charged'))).toBe(false)
  })

  it('believes the batch system rather than the request', async () => {
    const folder = await jobFolder({ vasp: vaspOfShortSteps, walltimeSeconds: 86_400 })
    const endsAt = Math.round(Date.now() / 1000) + 8

    await runJob(folder, { SLURM_JOB_ID: '4711', SLURM_JOB_END_TIME: String(endsAt) })

    expect(endOf(folder)).toMatch(/cause=walltime-stop/)
  })

  it.each([
    ['1-02:03:04', 93_784],
    ['02:03:04', 7384],
    ['3:04', 184],
    ['UNLIMITED', 86_400],
    ['INVALID', 86_400],
  ])('asks squeue where the environment says nothing: %s', async (printed, seconds) => {
    const bin = temporaryFolder()
    writeFileSync(join(bin, 'squeue'), `#!/bin/sh\n[ "$3" = 4711 ] && echo ${printed}\n`, { mode: 0o755 })
    const folder = await jobFolder({ vasp: 'true', walltimeSeconds: 86_400 })

    await runJob(folder, { SLURM_JOB_ID: '4711', SLURM_JOB_END_TIME: '', PATH: `${bin}:/usr/bin:/bin` })

    const [, told] = /^ends=\w+:(\d+)$/m.exec(readFileSync(join(folder, 'dopant-start'), 'utf8')) ?? []
    expect(Math.abs(Number(told) - seconds)).toBeLessThanOrEqual(5)
  })

  const shown = (name: string): string => readFileSync(join('test/fixtures/schedulers', name), 'utf8')
  const aWhileAgo = (seconds: number): string => `$(LC_ALL=C date -d @$(($(date +%s) - ${seconds})) '+%a %b %e %H:%M:%S %Y')`
  const printing = (text: string): string => `cat <<'END'\n${text.trimEnd()}\nEND`
  const qstatF = (text: string, seconds: number): string => `sed "s/STIME/${aWhileAgo(seconds)}/" <<'END'\n${text.trimEnd()}\nEND`
  const withoutStart = shown('pbs-qstat-f-one.txt').replace(/^ {4}stime.*\n/m, '')
  const pbs = { PBS_JOBID: '101.pbs' }
  const sge = { SGE_ROOT: '/opt/sge', JOB_ID: '17', QUEUE: 'all.q' }
  // Of 26 h, less what is over; LSF gives whole minutes with L for a limit and E for an estimate; the queue of Grid Engine allows 24 h.
  it.each<readonly [string, string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, number]>([
    ['PBS, by the start', 'pbs', pbs, { qstat: qstatF(shown('pbs-qstat-f-one.txt'), 200) }, 93_600 - 200],
    ['PBS, by the time used', 'pbs', pbs, { qstat: printing(withoutStart) }, 93_600 - 72],
    ['PBS, which is away', 'request', pbs, { qstat: 'echo "qstat: cannot connect to server" >&2; exit 111' }, 86_400],
    ['PBS, without a limit', 'request', pbs, { qstat: printing(withoutStart.replace(/^ {4}Resource_List.walltime.*\n/m, '')) }, 86_400],
    ['Torque, by its variable', 'pbs', { ...pbs, PBS_WALLTIME: '7200' }, { qstat: 'exit 1' }, 7200],
    ['LSF', 'lsf', { LSB_JOBID: '764' }, { bjobs: '[ "$4" = 764 ] && echo "2:13 L"' }, 2 * 3600 + 13 * 60],
    ['LSF, of 100 hours', 'lsf', { LSB_JOBID: '764' }, { bjobs: 'echo 483:05' }, 483 * 3600 + 5 * 60],
    ['LSF, which only guesses', 'request', { LSB_JOBID: '764' }, { bjobs: 'echo "2:13 E"' }, 86_400],
    ['LSF, without a limit', 'request', { LSB_JOBID: '764' }, { bjobs: 'echo -' }, 86_400],
    ['Grid Engine, by its queue', 'sge', sge, { qstat: printing(shown('sge-qstat-j.txt')), qconf: printing(shown('sge-qconf-sq.txt')) }, 86_400],
    ['Grid Engine, by the request', 'sge', sge, { qstat: printing(shown('sge-qstat-j.txt')), qconf: 'echo "h_rt   INFINITY"' }, 93_600],
    ['Grid Engine, which lets no job ask', 'request', sge, { qstat: 'echo "denied: host is neither submit nor admin host" >&2; exit 1', qconf: 'exit 1' }, 86_400],
  ])('asks %s', async (_, source, environment, programs, seconds) => {
    const bin = temporaryFolder()
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    const folder = await jobFolder({ vasp: 'true', walltimeSeconds: 86_400 })

    await runJob(folder, { SLURM_JOB_ID: '', ...environment, PATH: `${bin}:/usr/bin:/bin` })

    const [, told, left] = /^ends=(\w+):(\d+)$/m.exec(readFileSync(join(folder, 'dopant-start'), 'utf8')) ?? []
    expect(told).toBe(source)
    // Seconds in which a slow machine comes to look.
    expect(Number(left)).toBeGreaterThan(seconds - 60)
    expect(Number(left)).toBeLessThanOrEqual(seconds + 1)
  })

  it('asks nothing where no end is known, and runs to the end', async () => {
    const folder = await jobFolder({ vasp: 'echo "     LOOP+:  cpu time 900.0: real time 900.0" >OUTCAR; sleep 1.5' })

    await runJob(folder)

    expect(endOf(folder)).toMatch(/cause=exit/)
    expect(existsSync(join(folder, 'STOPCAR'))).toBe(false)
  })

  it('removes the STOPCAR that an earlier start left', async () => {
    const folder = await jobFolder({ vasp: 'test ! -e STOPCAR', files: { STOPCAR: 'LSTOP = .TRUE.\n' } })

    await runJob(folder)

    expect(endOf(folder)).toMatch(/^code=0/)
  })

  it('leaves the STOPCAR of a person as it is, and says that it was a person', async ({ expect }) => {
    const theirs = 'LSTOP = .true. ! O2 has left the surface\n'
    const folder = await jobFolder({ vasp: vaspOfShortSteps, walltimeSeconds: 60 })

    const running = runJob(folder)
    await expect.poll(() => existsSync(join(folder, 'OUTCAR')), { timeout: 5000 }).toBe(true)
    writeFileSync(join(folder, 'STOPCAR'), theirs)
    await running

    expect(readFileSync(join(folder, 'STOPCAR'), 'utf8')).toBe(theirs)
    expect(existsSync(join(folder, 'dopant-stop'))).toBe(false)
    expect(endOf(folder)).toMatch(/cause=stopcar/)
  })

  it('tells a stop that the engine ordered from one of a person', async ({ expect }) => {
    const folder = await jobFolder({ vasp: vaspOfShortSteps, walltimeSeconds: 60 })

    const running = runJob(folder)
    await expect.poll(() => existsSync(join(folder, 'OUTCAR')), { timeout: 5000 }).toBe(true)
    writeFileSync(join(folder, 'dopant-stop-order'), 'LABORT\n')
    writeFileSync(join(folder, 'STOPCAR'), 'LABORT = .TRUE.\n')
    await running

    expect(endOf(folder)).toMatch(/cause=ordered-stop/)
  })

  it('leaves no process behind', async ({ expect }) => {
    const folder = await jobFolder({ vasp: 'sleep 0.5', walltimeSeconds: 3600 })

    await runJob(folder)

    const watchers = () => runningWith(`${folder}/watch.sh`)
    await expect.poll(watchers, { timeout: 3000 }).toBe(0)
  })
})

function runningWith(text: string): number {
  return spawnSync('ps', ['-e', '-ww', '-o', 'args='], { encoding: 'utf8' }).stdout.split('\n').filter((line) => line.includes(text)).length
}
