import { describe, expect, it } from 'vitest'
import { slurm } from '../../../src/adapters/schedulers/slurm.ts'
import {
  replay,
  result,
  runningName,
  schedulerContract,
  waitingName,
} from '../../contracts/scheduler-contract.ts'
import { complains, printed } from './fixture.ts'

const failed = (why: string) => complains(`sbatch: error: Batch job submission failed: ${why}`)

schedulerContract(slurm, {
  listing: { squeue: printed('slurm-squeue.txt') },
  running: '41',
  waiting: '42',
  odd: '49',
  empty: { squeue: {} },
  outages: {
    'the controller is down': {
      squeue: complains('slurm_load_jobs error: Unable to contact slurm controller (connect failure)'),
    },
    'the controller hangs': {
      squeue: complains('slurm_load_jobs error: Socket timed out on send/recv operation'),
    },
    'munge is down': { squeue: complains('slurm_load_jobs error: Protocol authentication error') },
    'an error with exit code 0': {
      squeue: complains('slurm_load_jobs error: Unable to contact slurm controller', 0),
    },
    'an error beside half a list': {
      squeue: { ...printed('slurm-squeue.txt'), stderr: 'squeue: error: Zero Bytes were transmitted' },
    },
    'a failure without words': { squeue: { exitCode: 1 } },
    'killed in the middle': { squeue: { ...printed('slurm-squeue.txt'), exitCode: 137 } },
    'an answer that is no list': { squeue: { stdout: 'Maintenance until Monday\n' } },
  },
  accepted: {
    parsable: { says: { stdout: '12345\n' }, id: '12345' },
    'parsable with a cluster': { says: { stdout: '12345;saturn\n' }, id: '12345;saturn' },
    'a wrapper of the site': { says: { stdout: 'Submitted batch job 24\n' }, id: '24' },
    'a warning beside it': {
      says: { stdout: '7\n', stderr: 'sbatch: warning: you have used 90 % of your hours' },
      id: '7',
    },
  },
  refusals: {
    rejected: [
      failed('Requested node configuration is not available'),
      failed('Requested time limit is invalid (missing or exceeds some limit)'),
      complains('sbatch: error: Unable to open file nosuch.sh'),
      complains('sbatch: unrecognized option \'--bad\'\nTry "sbatch --help" for more information', 255),
    ],
    settings: {
      // Seen with 22.05.8.
      partition: [
        complains('sbatch: error: invalid partition specified: nosuch\nsbatch: error: Batch job submission failed: Invalid partition name specified'),
        failed("User's group not permitted to use this partition"),
        failed('Required partition not available (inactive or drain)'),
      ],
      account: [
        failed('Invalid account or account/partition combination specified'),
        complains('sbatch: error: Invalid account chem-42: choose one of chem-43\nsbatch: error: Batch job submission failed: Unspecified error'),
      ],
      qos: [failed('Invalid qos specification')],
      constraint: [failed('Invalid feature specification')],
    },
    unwell: [
      failed('Unable to contact slurm controller (connect failure)'),
      failed('Protocol authentication error'),
      complains('env: ‘sbatch’: No such file or directory', 127),
    ],
    unknown: [
      failed('Socket timed out on send/recv operation'),
      failed('Transport endpoint is not connected'), // sbatch 22.05 when its controller is ended in the middle of the call
      failed('Zero Bytes were transmitted or received'),
      complains('sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying', 0),
    ],
    limit: [
      failed("Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)"),
      complains(
        'sbatch: error: QOSMaxSubmitJobPerUserLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy',
      ),
    ],
  },
  names: { squeue: { stdout: `41 ${runningName}\n42 ${waitingName}\n` } },
  killer: 'scancel',
})

describe('Slurm', () => {
  it('writes directives that a script of two nodes needs', () => {
    const resources = {
      nodes: 2,
      ranksPerNode: 32,
      coresPerRank: 2,
      memoryMibPerNode: 120_000,
      walltimeSeconds: 129_600,
      partition: 'long',
      account: 'chem-42',
      qos: 'high',
      constraint: 'skylake&ib',
      exclusive: true,
      extraDirectives: ['--hint=nomultithread'],
    }

    expect(slurm.directives('dabc', resources)).toEqual([
      '#SBATCH --job-name=dabc',
      '#SBATCH --nodes=2',
      '#SBATCH --ntasks-per-node=32',
      '#SBATCH --cpus-per-task=2',
      '#SBATCH --mem=120000M',
      '#SBATCH --time=36:00:00',
      '#SBATCH --partition=long',
      '#SBATCH --account=chem-42',
      '#SBATCH --qos=high',
      '#SBATCH --constraint="skylake&ib"',
      '#SBATCH --exclusive',
      '#SBATCH --no-requeue',
      '#SBATCH --output=job.out',
      '#SBATCH --error=job.err',
      '#SBATCH --hint=nomultithread',
    ])
  })

  it('leaves out what is over, and keeps arrays, held, suspended and completing jobs', async () => {
    const jobs = await states(printed('slurm-squeue.txt'))

    expect(['46', '47', '48'].filter((id) => jobs.has(id))).toEqual([])
    expect(jobs.get('29_[2-5%2]')).toMatchObject({ name: 'sweep', state: 'queued' })
    expect([...jobs].filter(([, job]) => job.state === 'held').map(([id]) => id)).toEqual(['43', '44', '45'])
    expect(jobs.get('34')?.state).toBe('suspended')
    expect(jobs.get('36')).toMatchObject({ state: 'completing', reason: 'TimeLimit' })
    expect(jobs.get('50')?.name).toBe('a name | with a pipe')
  })

  it('tells the same id on two clusters apart', async () => {
    const jobs = await states(printed('slurm-squeue-clusters.txt'))

    expect(jobs.get('41;saturn')?.name).toBe(runningName)
    expect(jobs.get('41;titan')?.name).toBe(waitingName)
  })

  it('reads names that are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('51|RUNNING|None|caf'),
      Buffer.from([0xe9, 0xff]),
      Buffer.from(`\n41|RUNNING|None|${runningName}\n`),
    ])

    const jobs = await states({ stdout: bytes })

    expect(jobs.get('41')?.name).toBe(runningName)
    expect(jobs.size).toBe(2)
  })

  it('ignores filters in the environment of the user, which would hide jobs', () => {
    expect(slurm.statusCommand().args[1]).toMatch(/unset .*SQUEUE_PARTITION/)
    expect(slurm.submitCommand('/a b/job.sh')).toMatchObject({ program: 'env', folder: '/a b' })
  })

  it.each([
    ['PartitionTimeLimit', true],
    ['PartitionNodeLimit', true],
    ['BadConstraints', true],
    ['DependencyNeverSatisfied', true],
    ['QOSMaxWallDurationPerJobLimit', true],
    ['AssocMaxWallDurationPerJobLimit', true],
    ['job requeued in held state', true],
    ['AssocMaxJobsLimit', false],
    ['QOSMaxJobsPerUserLimit', false],
    ['AssocGrpCpuLimit', false],
    ['Resources', false],
    ['Priority', false],
    ['ReqNodeNotAvail, UnavailableNodes:n2', false],
    ['JobHeldUser', false],
  ])('says of a job waiting for %s whether it will never run: %s', (reason, never) => {
    const status = { name: 'd', state: 'queued' as const, reason }

    expect(slurm.neverRunsReason?.(status) !== undefined).toBe(never)
  })

  it('reads from accounting how jobs ended, and leaves out what still runs there', async () => {
    const ended = await finalStates(printed('slurm-sacct.txt'))

    expect([...ended].map(([id, { reason, exitCode }]) => [id, reason, exitCode])).toEqual([
      ['1', 'completed', 0],
      ['2', 'failed', 7],
      ['3', 'walltime', 0],
      ['4', 'out-of-memory', 125],
      ['5', 'node-failure', 143],
      ['6', 'cancelled', 0],
      ['7', 'preempted', 143],
      ['9', 'failed', 139],
    ])
    expect(ended.get('6')?.native).toBe('CANCELLED by 1001')
  })

  it('leaves out a job whose name accounting has not been told yet', async () => {
    const early = { stdout: '10|COMPLETED|0:0|allocation\n11|COMPLETED|0:0|dabc\n' }

    expect([...(await finalStates(early)).keys()]).toEqual(['11'])
  })

  it('knows nothing where accounting is off, and does not take an outage for that', async () => {
    expect((await finalStates(complains('Slurm accounting storage is disabled'))).size).toBe(0)
    const outage = complains(
      'sacct: error: slurm_persist_conn_open: failed to send persistent connection init message',
    )
    await expect(finalStates(outage)).rejects.toMatchObject({ code: 'SCHEDULER_UNWELL' })
  })

  it('refuses what it has no words for', () => {
    const resources = { nodes: 1, ranksPerNode: 1, walltimeSeconds: 60, parallelEnvironment: 'mpi' }

    expect(() => slurm.directives('dabc', resources)).toThrow(/no directive for parallelEnvironment/)
  })

  it('does not know what a job did that a recorded answer tells of without its stderr', () => {
    expect(() => slurm.readNativeId(result({ exitCode: 1 }))).toThrow(/not known/)
  })
})

async function states(says: Parameters<typeof result>[0]) {
  return slurm.readStates(await replay(slurm.statusCommand(), { squeue: says }))
}

async function finalStates(says: Parameters<typeof result>[0]) {
  const command = slurm.finalStateCommand(['1', '2;saturn'])
  if (command === undefined || slurm.readFinalStates === undefined) throw new Error('Slurm has accounting')
  return slurm.readFinalStates(await replay(command, { sacct: says }))
}
