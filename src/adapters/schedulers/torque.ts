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

/** Torque: the commands of PBS, other resources, and `qstat -x` means XML. */
export const torque: Scheduler = {
  name: 'torque',
  directives,
  // Ended jobs stay listed (state C) for the server's keep_completed seconds.
  ...pbsFamily('torque', 'qstat -f "$@"'),
}

function directives(jobName: string, resources: Resources): readonly string[] {
  const asked = checkedResources(resources)
  refuseField('torque', asked, 'parallelEnvironment')
  const { memoryMibPerNode, nodes, constraint, qos, partition, account } = asked
  const property = constraint === undefined ? '' : `:${constraint}`
  return [
    `-N ${checkedJobName(jobName)}`,
    '-S /bin/sh',
    `-l nodes=${nodes}:ppn=${coresPerNode(asked)}${property}`,
    // Torque counts the memory of the whole job.
    ...(memoryMibPerNode === undefined ? [] : [`-l mem=${memoryMibPerNode * nodes}mb`]),
    ...(asked.exclusive === true ? ['-n'] : []),
    `-l walltime=${hoursMinutesSeconds(asked.walltimeSeconds)}`,
    ...(qos === undefined ? [] : [`-l qos=${qos}`]),
    ...(partition === undefined ? [] : [`-q ${partition}`]),
    ...(account === undefined ? [] : [`-A ${account}`]),
    '-r n',
    '-o job.out',
    '-e job.err',
  ]
    .map((line) => `#PBS ${line}`)
    .concat(extraLines('#PBS', asked))
}
