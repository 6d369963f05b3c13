import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { dopant, smallProject, smallScreen, type Finished } from '../small-screen.ts'
import { startSlurm, whyNoSlurm } from '../slurm/slurm-bed.ts'
import { standInClusters, type RunningCluster } from './clusters.ts'
import { testSite, type TestSite } from './test-site.ts'

/** A relaxation and the static run behind it. */
const onePristine = smallScreen.replace(/delithiation:.*\n/, '').replace(/dopants:\n.*\n.*\n/, '')
const noSlurm = await whyNoSlurm({ accounting: true })
const hasty = { DOPANT_SHORTEST_POLL_SECONDS: '0.5' }

interface Status {
  readonly calculations: readonly { readonly state: string; readonly attempt: number; readonly failure: unknown }[]
  readonly waiting: readonly { readonly kind: string; readonly of: string }[]
}

/** Runs the screen on a site that is described anew each time, as a person mends it. */
function cluster(running: RunningCluster, scheduler: 'slurm' | 'pbs' | 'lsf') {
  const { screenFile, folder } = smallProject(onePristine, { hasDatabase: true })
  const first = testSite('cluster', scheduler, { kind: 'local' })
  const environment = { ...running.environment, ...hasty }
  const described = (resources: Readonly<Record<string, unknown>>): TestSite => testSite('cluster', scheduler, { kind: 'local' }, resources, first.workFolder)
  const call = (args: readonly string[], resources: Readonly<Record<string, unknown>>): Promise<Finished> =>
    dopant([...args, '--project', folder], { ...environment, ...described(resources).environment }).finished
  return {
    call,
    run: (resources: Readonly<Record<string, unknown>>) => call(['run', screenFile, '--site', 'cluster'], resources),
    async status(resources: Readonly<Record<string, unknown>>): Promise<Status> {
      return JSON.parse((await call(['status', '--json'], resources)).stdout) as Status
    },
    /** Of the relaxation, oldest first: who has each attempt, and the lines of its job script that name `word`. */
    attempts(word: string): readonly { readonly claim: string; readonly asks: readonly string[] }[] {
      const paths = readdirSync(first.workFolder, { recursive: true, encoding: 'utf8' }).filter((path) => /pristine\/relax\/attempt-\d+\/job\.sh$/.test(path))
      return paths.toSorted().map((path) => {
        const lines = readFileSync(join(first.workFolder, path), 'utf8').split('\n')
        const claim = readlinkSync(join(first.workFolder, path, '../dopant-claim'))
        return { claim: /^\d/.test(claim) ? 'a job' : claim, asks: lines.filter((line) => line.startsWith('#') && line.includes(word)) }
      })
    },
  }
}

/** About half a minute. */
describe('a site whose definition the batch system refuses', () => {
  let running: RunningCluster | undefined
  afterEach(() => running?.stop())

  it.skipIf(noSlurm !== undefined)(
    `is held by a real Slurm with accounts, for its account, its QOS and its partition, until it is mended${noSlurm === undefined ? '' : ` (skipped: ${noSlurm})`}`,
    async () => {
      running = await startSlurm({ accounting: true, onlyAccount: 'chem' })
      const site = cluster(running, 'slurm')
      const right = { account: 'chem', partition: 'debug', memoryMibPerNode: 600 }
      const wrong = [
        [{ ...right, account: 'nosuch' }, 'account', 'Invalid account or account/partition combination'],
        [{ ...right, qos: 'nosuch' }, 'qos', 'Invalid qos specification'],
        [{ ...right, partition: 'nosuch' }, 'partition', 'Invalid partition name'],
      ] as const

      for (const [resources, setting, words] of wrong) {
        const { code, stderr } = await site.run(resources)
        expect(code, stderr).toBe(1)
        expect(stderr).toContain(words)
        expect(stderr).toContain(`${setting} is nosuch`)
        expect(stderr).toContain(`Correct resources.${setting} of cluster in sites.yaml`)
        const { calculations, waiting } = await site.status(resources)
        expect(calculations.map(({ state, failure }) => [state, failure])).toEqual([['ready', null], ['planned', null]])
        expect(waiting).toMatchObject([{ kind: 'settings', of: 'cluster' }])
      }
      const mended = await site.run(right)

      expect(mended.code, mended.stderr).toBe(0)
      expect(site.attempts('account')).toEqual([
        { claim: 'revoked', asks: ['#SBATCH --account=nosuch'] },
        ...[1, 2].map(() => ({ claim: 'revoked', asks: ['#SBATCH --account=chem'] })),
        { claim: 'a job', asks: ['#SBATCH --account=chem'] },
      ])
    },
  )

  it.each(standInClusters.map((each) => [each.title, each] as const))('is held by %s, asked again at a word, and goes on when its queue is right', async (_, { scheduler, start }) => {
    if (scheduler !== 'pbs' && scheduler !== 'lsf') throw new Error(`${scheduler} does not stand in`)
    running = await start()
    const site = cluster(running, scheduler)
    const wrong = { partition: 'nosuch' }

    const held = await site.run(wrong)
    const again = await site.run(wrong)
    const released = await site.call(['resume', 'site:cluster'], wrong)
    const mended = await site.run({ partition: scheduler === 'pbs' ? 'workq' : 'normal' })

    expect([held.code, again.code]).toEqual([1, 1])
    expect(again.stderr).toContain('partition is nosuch')
    expect(released.stdout).toContain('cluster is asked again.')
    expect(mended.code, mended.stderr).toBe(0)
    expect(site.attempts(' -q ').map(({ claim, asks }) => [claim, asks.map((line) => line.split(' ').at(-1))])).toEqual([
      ['revoked', ['nosuch']],
      ['a job', [scheduler === 'pbs' ? 'workq' : 'normal']],
    ])
  })
})
