import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../temporary-folder.ts'
import { dopant, smallProject, smallScreen, type Finished } from '../small-screen.ts'
import { isAbsent } from '../sshd/bed.ts'
import { plainEnvironment } from '../sshd/sshd.ts'
import { startSlurm, whyNoSlurm, type SlurmBed } from '../slurm/slurm-bed.ts'
import { loginHost, startLoginNode, type LoginNode } from './login-node.ts'
import { testSite } from './test-site.ts'

/** Three relaxations, each with a static run behind it. */
const threeSlabs = smallScreen.replace(/delithiation:.*\n/, '')
const reason = await whyNoSlurm()

interface Calculation {
  readonly id: string
  readonly step: string
  readonly state: string
  readonly nativeId: string | null
  readonly remoteFolder: string | null
}

/** A project on a site that holds two jobs, of which its one node runs one at a time. */
function project(transport: Readonly<Record<string, unknown>>, environment: NodeJS.ProcessEnv) {
  const { screenFile, folder } = smallProject(threeSlabs, { hasDatabase: true })
  const resources = { partition: 'long', exclusive: true, memoryMibPerNode: 600 }
  const slow = { maxJobs: 2, environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3', DOPANT_REHEARSAL_SECONDS_PER_STEP: '30' } }
  const { workFolder, environment: atFirst } = testSite('cluster', 'slurm', transport, resources, undefined, slow)
  const later = testSite('cluster', 'slurm', transport, resources, workFolder).environment
  const hasty = { DOPANT_SHORTEST_POLL_SECONDS: '0.5' }
  const call = (args: readonly string[], site = later): Promise<Finished> => dopant([...args, '--project', folder], { ...environment, ...hasty, ...site }).finished
  return {
    call,
    submit: () => call(['submit', screenFile, '--site', 'cluster'], atFirst),
    run: () => call(['run', screenFile, '--site', 'cluster']),
    async calculations(): Promise<readonly Calculation[]> {
      return (JSON.parse((await call(['status', '--json'])).stdout) as { calculations: readonly Calculation[] }).calculations
    },
  }
}

/** About a minute. */
describe.skipIf(reason !== undefined)(`dopant cancel through a real Slurm${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let slurm: SlurmBed
  beforeAll(async () => {
    slurm = await startSlurm()
  })
  afterAll(() => slurm?.stop())

  /** State by id, of jobs that wait or run. */
  const queue = (): ReadonlyMap<string, string> => {
    const text = execFileSync('squeue', ['-h', '-o', '%i %T'], { env: { ...process.env, ...slurm.environment }, encoding: 'utf8' })
    return new Map(text.trim().split('\n').map((line) => line.split(' ') as [string, string]))
  }
  const untilQueued = async (holds: (states: readonly string[]) => boolean): Promise<void> => {
    for (let tries = 0; tries < 300 && !holds([...queue().values()]); tries += 1) await wait(200)
  }
  const jobsOf = (all: readonly Calculation[]): readonly Calculation[] => all.filter(({ nativeId }) => nativeId !== null)

  it('ends a job that runs and one that waits, by their names, and the rest of the screen goes on', async () => {
    const site = project({ kind: 'local' }, { ...process.env, ...slurm.environment })
    const submitted = await site.submit()
    expect(submitted.code, submitted.stderr).toBe(0)
    await untilQueued((states) => states.includes('RUNNING') && states.includes('PENDING'))
    const jobs = jobsOf(await site.calculations())
    const before = queue()
    expect(jobs.map(({ nativeId }) => before.get(nativeId ?? '')).toSorted()).toEqual(['PENDING', 'RUNNING'])
    const ids = jobs.map(({ id }) => id)

    const unasked = await site.call(['cancel', ...ids])
    expect([unasked.code, [...queue().keys()].length]).toEqual([2, before.size])
    const cancelled = await site.call(['cancel', ...ids, '--yes'])

    expect(cancelled.code, cancelled.stderr).toBe(0)
    for (const id of ids) expect(cancelled.stdout).toContain(`${id} its job was asked to end`)
    await untilQueued(() => !jobs.some(({ nativeId }) => queue().has(nativeId ?? '')))
    const run = await site.run()
    const after = await site.calculations()
    const of = (each: Calculation): string => each.id.slice(0, each.id.lastIndexOf('/'))
    const ended = new Set(jobs.map(of))
    const states = (isEnded: boolean): readonly string[] => after.filter((each) => ended.has(of(each)) === isEnded).map(({ step, state }) => `${step} ${state}`).toSorted()
    expect(states(true), run.stderr).toEqual(['relax cancelled', 'relax cancelled', 'static blocked', 'static blocked'])
    expect(states(false)).toEqual(['relax done', 'static done'])
    const [ran, waited] = ['RUNNING', 'PENDING'].map((state) => jobs.find(({ nativeId }) => before.get(nativeId ?? '') === state)?.remoteFolder ?? '')
    expect(readFileSync(join(ran ?? '', 'dopant-end'), 'utf8')).toMatch(/^code=143\ncause=TERM\n/)
    expect(readFileSync(join(ran ?? '', 'job.err'), 'utf8')).toMatch(/JOB \d+ ON n1 CANCELLED/)
    expect(existsSync(join(waited ?? '', 'dopant-start'))).toBe(false)
  })

  describe.skipIf(isAbsent)(`over SSH${isAbsent ? ' (skipped: no OpenSSH server)' : ''}`, () => {
    let node: LoginNode
    beforeAll(async () => {
      node = await startLoginNode(temporaryFolder(), slurm.environment, ['scancel'])
    })
    afterAll(() => node?.stop())

    it('ends all jobs of a screen after the question, in one call', async () => {
      const site = project({ kind: 'ssh', host: loginHost, configFile: node.client.configFile }, plainEnvironment())
      const submitted = await site.submit()
      expect(submitted.code, submitted.stderr).toBe(0)
      await untilQueued((states) => states.includes('RUNNING') && states.includes('PENDING'))
      const jobs = jobsOf(await site.calculations())

      const unasked = await site.call(['cancel', 'small'])
      expect([unasked.code, node.calls('scancel')]).toEqual([2, 0])
      const cancelled = await site.call(['cancel', 'small', '--yes'])

      expect(cancelled.code, cancelled.stderr).toBe(0)
      expect(node.calls('scancel')).toBe(2)
      await untilQueued(() => !jobs.some(({ nativeId }) => queue().has(nativeId ?? '')))
      await site.run()
      expect((await site.calculations()).map(({ state }) => state)).toEqual(new Array(6).fill('cancelled'))
    })
  })
})
