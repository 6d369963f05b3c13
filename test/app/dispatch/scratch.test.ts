import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../temporary-folder.ts'
import { jobFolder, runJob, type JobValues } from './job-fixture.ts'

/** Notes where it runs, and leaves what VASP leaves. */
const vaspThatWrites = 'pwd; cat INCAR; echo out >OUTCAR; echo geometry >CONTCAR; echo orbitals >WAVECAR; mkdir sub; ln -s /etc/passwd link'

async function scratchJob(values: Partial<JobValues> = {}) {
  const scratch = temporaryFolder()
  const folder = await jobFolder({ vasp: vaspThatWrites, files: { INCAR: 'ENCUT = 520\n' }, scratch: { variable: 'NODE_DISK', path: '/jobs' }, ...values })
  return { folder, scratch, run: () => runJob(folder, { NODE_DISK: scratch }) }
}

const text = (...parts: readonly string[]) => readFileSync(join(...parts), 'utf8')

describe.concurrent('a job with a scratch folder', () => {
  it('runs there, with the inputs, and brings home what it leaves', async () => {
    const { folder, scratch, run } = await scratchJob()

    expect((await run()).exitCode).toBe(0)

    expect(text(folder, 'vasp.out')).toBe(`${scratch}/jobs/dopant-dabc-1\nENCUT = 520\n`)
    expect([text(folder, 'OUTCAR'), text(folder, 'CONTCAR'), text(folder, 'WAVECAR')]).toEqual(['out\n', 'geometry\n', 'orbitals\n'])
    expect(text(folder, 'dopant-end')).toMatch(/^code=0\ncause=exit\nscratch=\n/)
    expect(readdirSync(join(scratch, 'jobs'))).toEqual([])
    // A link could lead anywhere: it stays behind.
    expect(readdirSync(folder).filter((name) => /link|sub|\.home$|\.part$/.test(name))).toEqual([])
  })

  it('reads the name of the variable as a name and nothing else', async () => {
    const { folder, run } = await scratchJob({ scratch: { variable: 'NODE_DISK; touch hacked', path: '/jobs' } })

    expect((await run()).exitCode).toBe(75)

    expect(existsSync(join(folder, 'hacked'))).toBe(false)
    expect(text(folder, 'dopant-end')).toMatch(/^code=75/)
  })

  it('brings home what is there when VASP fails', async () => {
    const { folder, scratch, run } = await scratchJob({ vasp: 'echo half >OUTCAR; exit 9' })

    expect((await run()).exitCode).toBe(9)

    expect(text(folder, 'OUTCAR')).toBe('half\n')
    expect(readdirSync(join(scratch, 'jobs'))).toEqual([])
  })

  it('brings home what is there when the batch system ends it', async ({ expect }) => {
    const { folder, scratch } = await scratchJob({ vasp: 'echo half >OUTCAR; exec sleep 60' })
    const job = spawn('sh', [join(folder, 'job.sh')], { env: { ...process.env, NODE_DISK: scratch }, stdio: 'ignore' })
    const ended = new Promise((done) => job.on('close', done))
    await expect.poll(() => existsSync(join(scratch, 'jobs', 'dopant-dabc-1', 'OUTCAR')), { timeout: 5000 }).toBe(true)

    job.kill('SIGTERM')
    await ended

    expect(text(folder, 'OUTCAR')).toBe('half\n')
    expect(text(folder, 'dopant-end')).toMatch(/^code=143\ncause=TERM\n/)
    expect(readdirSync(join(scratch, 'jobs'))).toEqual([])
  })

  it('keeps everything in scratch and says where, when home takes no more', async () => {
    // A folder in the way of CONTCAR.home stands for a full disk: the copy fails, whoever runs the test.
    const { folder, scratch, run } = await scratchJob()
    mkdirSync(join(folder, 'CONTCAR.home'))

    expect((await run()).exitCode).toBe(74)

    const [, host = '', left = ''] = /^scratch=([^:]*):(.*)$/m.exec(text(folder, 'dopant-end')) ?? []
    expect(text(folder, 'dopant-end')).toMatch(/^code=74\ncause=copy-back\n/)
    expect(host).not.toBe('')
    expect(left).toBe(`${scratch}/jobs/dopant-dabc-1`)
    expect(text(left, 'OUTCAR')).toBe('out\n')
    // An OUTCAR without its CONTCAR would be taken for a run that did not move.
    expect(existsSync(join(folder, 'OUTCAR'))).toBe(false)
  })

  it('lets the run count when only a large file finds no place', async () => {
    const { folder, scratch, run } = await scratchJob()
    mkdirSync(join(folder, 'WAVECAR.home'))

    expect((await run()).exitCode).toBe(0)

    expect(text(folder, 'dopant-end')).toMatch(/^code=0\ncause=exit\nscratch=.+:.+dopant-dabc-1\n/)
    expect(text(folder, 'CONTCAR')).toBe('geometry\n')
    expect(text(scratch, 'jobs', 'dopant-dabc-1', 'WAVECAR')).toBe('orbitals\n')
  })

  it('passes on the STOPCAR that a person puts into the work folder', async ({ expect }) => {
    const vasp = 'touch OUTCAR; while [ ! -e STOPCAR ]; do sleep 0.1; done; echo " soft stop encountered!" >>OUTCAR'
    const { folder, scratch, run } = await scratchJob({ vasp, walltimeSeconds: 20 })

    const running = run()
    await expect.poll(() => existsSync(join(scratch, 'jobs', 'dopant-dabc-1', 'OUTCAR')), { timeout: 5000 }).toBe(true)
    writeFileSync(join(folder, 'STOPCAR'), 'LSTOP = T\n')
    await running

    expect(text(folder, 'dopant-end')).toMatch(/cause=stopcar/)
  })

  it('is for its owner only', async () => {
    const { folder, scratch, run } = await scratchJob({ vasp: 'stat -c %a . >mode' })
    symlinkSync('/nonexistent', join(folder, 'dangling'))

    await run()

    expect(text(folder, 'mode')).toBe('700\n')
    expect(statSync(join(scratch, 'jobs')).isDirectory()).toBe(true)
  })
})
