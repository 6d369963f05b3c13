import type { Resources } from '../../ports/resources.ts'
import type { Scheduler } from '../../ports/scheduler.ts'
import {
  checkedJobName,
  checkedResources,
  coresPerNode,
  extraLines,
  hoursMinutesSeconds,
  refuseField,
} from './directive-values.ts'
import { pbsFamily } from './pbs-family.ts'

/** PBS Professional and OpenPBS, 13 and newer. */
export const pbs: Scheduler = {
  name: 'pbs',
  directives,
  // -x also tells of jobs that ended, for as long as the site keeps their history.
  ...pbsFamily('pbs', 'qstat -x -f "$@"'),
}

function directives(jobName: string, resources: Resources): readonly string[] {
  const asked = checkedResources(resources)
  refuseField('pbs', asked, 'qos')
  refuseField('pbs', asked, 'parallelEnvironment')
  return [
    `-N ${checkedJobName(jobName)}`,
    // The user's login shell would run the script otherwise, and for some that is csh.
    '-S /bin/sh',
    `-l select=${selection(asked)}`,
    ...(asked.exclusive === true ? ['-l place=scatter:excl'] : []),
    `-l walltime=${hoursMinutesSeconds(asked.walltimeSeconds)}`,
    ...(asked.partition === undefined ? [] : [`-q ${asked.partition}`]),
    ...(asked.account === undefined ? [] : [`-A ${asked.account}`]),
    '-r n',
    '-o job.out',
    '-e job.err',
  ]
    .map((line) => `#PBS ${line}`)
    .concat(extraLines('#PBS', asked))
}

/** Chunks of the size of a node: cores, ranks, threads, memory, and what the site demands of a node. */
function selection(asked: Resources): string {
  return [
    `${asked.nodes}:ncpus=${coresPerNode(asked)}`,
    `mpiprocs=${asked.ranksPerNode}`,
    ...(asked.coresPerRank === undefined ? [] : [`ompthreads=${asked.coresPerRank}`]),
    ...(asked.memoryMibPerNode === undefined ? [] : [`mem=${asked.memoryMibPerNode}mb`]),
    ...(asked.constraint === undefined ? [] : [asked.constraint]),
  ].join(':')
}
