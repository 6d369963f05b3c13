import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { slurm } from '../../../src/adapters/schedulers/slurm.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { submitOnceScript } from '../../../src/app/dispatch/submit-once-script.ts'
import type { Resources } from '../../../src/ports/resources.ts'
import type { JobStatus, NativeId } from '../../../src/ports/scheduler.ts'
import { expandNodeList } from '../../../src/recovery/node-list.ts'
import { codeOf } from '../../contracts/scheduler-contract.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { dopant, smallProject } from '../small-screen.ts'
import { type SlurmBed, startSlurm, whyNoSlurm } from './slurm-bed.ts'

const reason = await whyNoSlurm()
const here = localTransport()
const small: Resources = { nodes: 1, ranksPerNode: 1, memoryMibPerNode: 50, walltimeSeconds: 60 }

describe.skipIf(reason !== undefined)(`a real Slurm${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let bed: SlurmBed
  beforeAll(async () => {
    bed = await startSlurm()
    Object.assign(process.env, bed.environment)
  })
  afterAll(async () => {
    delete process.env['SLURM_CONF']
    await bed?.stop()
  })

  it('runs a job under its name and lets it leave the queue', async () => {
    const id = await submit('dfirst', 'sleep 2; echo "$SLURM_NTASKS ranks"')
    const seen = await until(id, (job) => job?.state === 'running')
    expect(seen).toMatchObject({ name: 'dfirst', native: 'RUNNING' })

    await until(id, (job) => job === undefined)
  })

  it('puts output and errors of the job beside its script, also in a folder with blanks', async () => {
    const folder = jobFolder('doutput', 'echo out; echo err >&2')
    const id = await submitIn(folder)
    await until(id, (job) => job === undefined)

    await present(join(folder, 'job.out'))
    expect(readFileSync(join(folder, 'job.out'), 'utf8')).toBe('out\n')
    expect(readFileSync(join(folder, 'job.err'), 'utf8')).toBe('err\n')
  })

  it('submits once, however often it is asked', async () => {
    const folder = jobFolder('donce', 'sleep 20')
    const first = await submitIn(folder)
    const again = await submitIn(folder)

    expect(again).toBe(first)
    expect([...(await states()).values()].filter((job) => job.name === 'donce')).toHaveLength(1)
    await cancel(first, 'donce')
  })

  it("is not led astray by what the user's environment says to Slurm's programs", async () => {
    const habits = {
      SBATCH_JOB_NAME: 'mine',
      SBATCH_ARRAY_INX: '1-3',
      SQUEUE_PARTITION: 'long',
      SQUEUE_STATES: 'COMPLETED',
      SQUEUE_FORMAT: '%i',
      SQUEUE_FORMAT2: 'JobID',
      SQUEUE_USERS: 'nobody',
      SQUEUE_NAMES: 'mine',
    }
    Object.assign(process.env, habits)
    try {
      const id = await submit('dhabits', 'sleep 20')

      expect((await states()).get(id)?.name).toBe('dhabits')
      expect(await cancel(id, 'dhabits')).toBe(`cancelling ${id}\n`)
    } finally {
      for (const name of Object.keys(habits)) delete process.env[name]
    }
  })

  it('lays a partition or node type that does not exist at the door of the site, and refuses an option that does not', async () => {
    expect(codeOf(await attempt(jobFolder('dpart', 'true', { partition: 'nosuch' })))).toBe('SITE_SETTING_REFUSED')
    expect(codeOf(await attempt(jobFolder('dcons', 'true', { constraint: 'nosuch' })))).toBe('SITE_SETTING_REFUSED')
    expect(codeOf(await attempt(jobFolder('dopt', 'true', { extraDirectives: ['--bad=1'] })))).toBe('SUBMISSION_REJECTED')
  })

  it('runs a job on another node than those to be avoided, and refuses one that avoids all', async () => {
    const folder = jobFolder('dother', 'echo "$SLURMD_NODENAME"', { avoidNodes: ['n1'] })
    await until(await submitIn(folder), (job) => job === undefined)

    await present(join(folder, 'job.out'))
    expect(readFileSync(join(folder, 'job.out'), 'utf8')).toBe('n2\n')
    expect(codeOf(await attempt(jobFolder('dnone', 'true', { avoidNodes: ['n1', 'n2'] })))).toBe('SUBMISSION_REJECTED')
  })

  it('says that a job longer than its partition allows will never run', async () => {
    const id = await submit('dlong', 'true', { walltimeSeconds: 7200 })
    const job = await until(id, (status) => status?.reason === 'PartitionTimeLimit')

    expect(slurm.neverRunsReason?.(job ?? { name: '', state: 'unknown' })).toMatch(/walltime is longer/)
    await cancel(id, 'dlong')
    expect((await states()).has(id)).toBe(false)
  })

  it('cancels a job only under its own name', async () => {
    const id = await submit('dmine', 'sleep 60')
    await until(id, (job) => job?.state === 'running')

    expect(await cancel(id, 'dother')).toBe(`not ours ${id}\n`)
    expect((await states()).get(id)?.state).toBe('running')
    expect(await cancel(id, 'dmine')).toBe(`cancelling ${id}\n`)
    await until(id, (job) => job === undefined)
  })

  it('lists the elements of an array that someone submitted by hand', async () => {
    await here.run({
      program: 'sbatch',
      args: ['--parsable', '-J', 'sweep', '--array=1-3%1', '-o', '/dev/null', '--wrap', 'sleep 5'],
    })
    await wait(1500)

    const names = [...(await states())].filter(([, job]) => job.name === 'sweep').map(([id]) => id)

    expect(names.some((id) => /^\d+_1$/.test(id))).toBe(true)
    expect(names.some((id) => /^\d+_\[/.test(id))).toBe(true)
  })

  it('knows nothing of ended jobs where accounting is off', async () => {
    const command = slurm.finalStateCommand(['1'])

    expect(slurm.readFinalStates?.(await here.run(command ?? slurm.statusCommand()))?.size).toBe(0)
  })

  it('does not know a submission whose reply got lost, and finds it by its name when the controller is back', async () => {
    const folder = jobFolder('dlost', 'sleep 20')
    bed.freezeController()
    const lost = codeOf(await attempt(folder))
    const listing = codeOf(await readStatesLater())
    bed.thawController()
    await wait(1500)

    const found = slurm.readStates(await here.run(slurm.findByNameCommand('dlost')))

    expect(lost).toBe('SUBMISSION_UNKNOWN')
    expect(listing).toBe('SCHEDULER_UNWELL')
    expect([...found.values()].map((job) => job.name)).toEqual(['dlost'])
    for (const id of found.keys()) await cancel(id, 'dlost')
  })

  it('carries a whole screen to its tables, each attempt started once', async () => {
    const { screenFile, folder } = smallProject()
    const { workFolder, environment } = testSite()

    const run = await dopant(['run', screenFile, '--site', 'test-slurm'], {
      ...bed.environment,
      ...environment,
    }).finished

    expect(run.code, run.stderr).toBe(0)
    expect(run.stderr).toContain('10 done')
    const table = JSON.parse(readFileSync(join(folder, 'results/small/bonds.json'), 'utf8')) as {
      rows: readonly { method: string }[]
    }
    expect(table.rows.map((row) => row.method)).toEqual(new Array(5).fill('rehearsal'))
    const claims = filesNamed(workFolder, 'dopant-start').map((path) => readFileSync(path, 'utf8'))
    expect(claims).toHaveLength(10)
    expect(new Set(claims.map((text) => /^id=(\d+)$/m.exec(text)?.[1])).size).toBe(10)
    for (const text of claims) expect(expandNodeList(/^nodes=(.*)$/m.exec(text)?.[1] ?? '')).toEqual([/^node=(.*)$/m.exec(text)?.[1]])
    expect(filesNamed(workFolder, 'dopant-starts').map((path) => readFileSync(path, 'utf8').trim())).toEqual(
      new Array(10).fill('1'),
    )
  })
})

/** A site of this machine whose jobs go through Slurm, and whose VASP is the stand-in. */
function testSite(): { workFolder: string; environment: Record<string, string> } {
  const workFolder = join(temporaryFolder(), 'work of a site')
  const configuration = temporaryFolder()
  mkdirSync(join(configuration, 'dopant'))
  const bin = (name: string): string => resolve('bin', name)
  const site = {
    transport: { kind: 'local' },
    scheduler: 'slurm',
    workFolder,
    maxJobs: 4,
    pollSeconds: 1,
    graceSeconds: 5,
    vasp: { program: process.execPath, args: [bin('dopant-rehearsal.js')], version: 'rehearsal' },
    bader: {
      program: process.execPath,
      args: [bin('dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'],
    },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3' },
    resources: {
      ranksPerNode: 1,
      memoryMibPerNode: 400,
      walltime: '00:05:00',
      partition: 'debug',
      steps: { static: { ranksPerNode: 2, walltime: '00:03:00' } },
    },
  }
  writeFileSync(join(configuration, 'dopant', 'sites.yaml'), stringify({ 'test-slurm': site }))
  return { workFolder, environment: { XDG_CONFIG_HOME: configuration } }
}

function jobFolder(name: string, script: string, more: Partial<Resources> = {}): string {
  const folder = join(temporaryFolder(), 'my jobs')
  mkdirSync(folder)
  const head = slurm.directives(name, { ...small, ...more }).join('\n')
  writeFileSync(join(folder, 'job.sh'), `#!/bin/sh\n${head}\n${script}\n`)
  return folder
}

async function attempt(folder: string): Promise<() => NativeId> {
  const { program, args } = slurm.submitCommand(`${folder}/job.sh`)
  const output = await here.run({
    program: 'sh',
    args: ['-c', submitOnceScript, 'dopant-submit', folder, program, ...args],
  })
  return () => slurm.readNativeId(output)
}

async function submitIn(folder: string): Promise<NativeId> {
  return (await attempt(folder))()
}

function submit(name: string, script: string, more: Partial<Resources> = {}): Promise<NativeId> {
  return submitIn(jobFolder(name, script, more))
}

async function readStatesLater(): Promise<() => ReadonlyMap<NativeId, JobStatus>> {
  const output = await here.run(slurm.statusCommand())
  return () => slurm.readStates(output)
}

async function states(): Promise<ReadonlyMap<NativeId, JobStatus>> {
  return (await readStatesLater())()
}

async function until(
  id: NativeId,
  holds: (job: JobStatus | undefined) => boolean,
): Promise<JobStatus | undefined> {
  for (let tries = 0; tries < 150; tries += 1) {
    const job = (await states()).get(id)
    if (holds(job)) return job
    await wait(200)
  }
  throw new Error(`job ${id} did not get there in 30 s`)
}

async function present(path: string): Promise<void> {
  for (let tries = 0; tries < 50 && !existsSync(path); tries += 1) await wait(100)
}

async function cancel(id: NativeId, name: string): Promise<string> {
  return (await here.run(slurm.cancelCommand([{ id, name }]))).stdout
}

function filesNamed(folder: string, name: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => path.endsWith(`/${name}`)).map((path) => join(folder, path))
}
