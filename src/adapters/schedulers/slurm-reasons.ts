import type { JobStatus } from '../../ports/scheduler.ts'

/**
 * Pending reasons that no waiting cures, with what they mean.
 *
 * @source squeue(1), JOB REASON CODES; limits of a single job never free up, limits of a group do
 */
const neverRuns: readonly (readonly [RegExp, string])[] = [
  [/^PartitionTimeLimit$/, 'its walltime is longer than the partition allows'],
  [/^PartitionNodeLimit$/, 'it asks for more or fewer nodes than the partition allows'],
  [/^BadConstraints$/, 'no node can satisfy its constraints'],
  [/^DependencyNeverSatisfied$/, 'what it depends on failed'],
  [/^InvalidAccount$/, 'its account is not valid'],
  [/^InvalidQOS$/, 'its QOS is not valid'],
  [/^(AccountNotAllowed|QOSNotAllowed)$/, 'its account or QOS may not use the partition'],
  [/^MaxMemPerLimit$/, 'it asks for more memory than a job may have'],
  [/^(Assoc|QOS)Max\w*PerJob(Limit)?$/, 'it asks for more than a single job may have'],
  [
    /^(Assoc|QOS)Max(Cpu|Node|GRES\w*|Mem|BB)\w*PerNode(Limit)?$/,
    'it asks for more of a node than a job may have',
  ],
  [/^QOSMin(CpuNotSatisfied|GRES|Memory)?$/, 'it asks for less than the QOS demands'],
  [/^JobHeldAdmin$/, 'an administrator holds it'],
  [/held state|requeued held/, 'it was requeued and is held until a person releases it'],
]

/** A sentence for a person, or undefined while waiting makes sense. */
export function neverRunsInSlurm({ state, reason = '' }: JobStatus): string | undefined {
  if (state !== 'queued' && state !== 'held') return undefined
  const meaning = neverRuns.find(([pattern]) => pattern.test(reason))?.[1]
  return meaning === undefined ? undefined : `${meaning} (${reason})`
}
