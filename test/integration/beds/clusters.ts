import type { SchedulerName } from '../../../src/ports/scheduler.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { startSge, whyNoSge } from '../sge/sge-bed.ts'
import { startSlurm, whyNoSlurm } from '../slurm/slurm-bed.ts'
import { fakeLsf, fakePbs, type FakeBatch } from './fake-batch.ts'

export interface RunningCluster {
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** A batch system that a screen can go through. */
export interface Cluster {
  readonly title: string
  /** The name of its site. */
  readonly site: string
  readonly scheduler: SchedulerName
  readonly resources: Readonly<Record<string, unknown>>
  /** Its programs, whose calls are counted: the one for the status first. */
  readonly programs: readonly [string, ...string[]]
  whyNot(): Promise<string | undefined>
  start(): Promise<RunningCluster>
}

const twoRanks = { steps: { static: { ranksPerNode: 2, walltime: '00:03:00' } } }

export const realClusters: readonly Cluster[] = [
  {
    title: 'a real Slurm with accounting',
    site: 'test-slurm',
    scheduler: 'slurm',
    resources: { memoryMibPerNode: 600, partition: 'debug', ...twoRanks },
    programs: ['squeue', 'sbatch', 'sacct'],
    whyNot: () => whyNoSlurm({ accounting: true }),
    start: () => startSlurm({ accounting: true }),
  },
  {
    title: 'a real Grid Engine',
    site: 'test-sge',
    scheduler: 'sge',
    resources: { parallelEnvironment: 'mpi', partition: 'all.q', ...twoRanks },
    programs: ['qstat', 'qsub', 'qacct'],
    whyNot: whyNoSge,
    start: startSge,
  },
]

/** PBS and LSF are not in Debian, so programs that speak their formats stand in. */
export const standInClusters: readonly Cluster[] = [
  {
    title: 'programs that speak PBS',
    site: 'test-pbs',
    scheduler: 'pbs',
    resources: { partition: 'workq' },
    programs: ['qselect', 'qsub', 'qstat'],
    whyNot: async () => undefined,
    start: async () => standIn(fakePbs(temporaryFolder())),
  },
  {
    title: 'programs that speak LSF',
    site: 'test-lsf',
    scheduler: 'lsf',
    resources: {},
    programs: ['bjobs', 'bsub'],
    whyNot: async () => undefined,
    start: async () => standIn(fakeLsf(temporaryFolder())),
  },
]

function standIn({ bin }: FakeBatch): RunningCluster {
  return { environment: { PATH: `${bin}:/usr/local/bin:/usr/bin:/bin` }, stop: async () => {} }
}
