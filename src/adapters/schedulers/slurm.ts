import { dirname } from 'node:path/posix'
import type { Resources } from '../../ports/resources.ts'
import type { JobState, JobStatus, NativeId, Scheduler } from '../../ports/scheduler.ts'
import type { Command, CommandResult } from '../../ports/transport.ts'
import { ask, askAbout, readAnswer, refuseUnreadable } from './ask.ts'
import { cancelByName } from './cancel.ts'
import {
  checkedJobName,
  checkedResources,
  extraLines,
  hoursMinutesSeconds,
  refuseField,
} from './directive-values.ts'
import { readAccounting, sacctListing } from './slurm-accounting.ts'
import { neverRunsInSlurm } from './slurm-reasons.ts'
import { slurmSettings } from './refused-setting.ts'
import { lastMatch, refusal, type RefusalWords } from './submission.ts'

/** Slurm 17.11 and newer; seen working with 22.05. */
export const slurm: Scheduler = {
  name: 'slurm',
  jobIdVariable: 'SLURM_JOB_ID',
  directives,
  avoidsNodes: true,
  submitCommand,
  readNativeId,
  findByNameCommand: (jobName) => ask(`${squeue} --name="$1"`, [jobName]),
  statusCommand: () => ask(squeue),
  readStates,
  finalStateCommand: (ids) => askAbout(sacctListing, ids),
  readFinalStates: readAccounting,
  neverRunsReason: neverRunsInSlurm,
  cancelCommand: (jobs) => cancelByName(squeueNames, scancel, jobs),
}

function directives(jobName: string, resources: Resources): readonly string[] {
  const asked = checkedResources(resources)
  refuseField('slurm', asked, 'parallelEnvironment')
  const { coresPerRank, memoryMibPerNode, partition, account, qos, constraint, exclusive } = asked
  return [
    `--job-name=${checkedJobName(jobName)}`,
    `--nodes=${asked.nodes}`,
    `--ntasks-per-node=${asked.ranksPerNode}`,
    ...(coresPerRank === undefined ? [] : [`--cpus-per-task=${coresPerRank}`]),
    ...(memoryMibPerNode === undefined ? [] : [`--mem=${memoryMibPerNode}M`]),
    `--time=${hoursMinutesSeconds(asked.walltimeSeconds)}`,
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
    ...(qos === undefined ? [] : [`--qos=${qos}`]),
    ...(constraint === undefined ? [] : [`--constraint="${constraint}"`]),
    ...(exclusive === true ? ['--exclusive'] : []),
    ...(asked.avoidNodes === undefined ? [] : [`--exclude=${asked.avoidNodes.join(',')}`]),
    // The next attempt starts from the last geometry; a requeued job would start over.
    '--no-requeue',
    '--output=job.out',
    '--error=job.err',
  ]
    .map((line) => `#SBATCH ${line}`)
    .concat(extraLines('#SBATCH', asked))
}

// Variables of the user win over the directives of a script. These would change whose job it is, or how many.
const notInherited = [
  'SBATCH_JOB_NAME',
  'SBATCH_ARRAY_INX',
  'SBATCH_WAIT',
  'SBATCH_TEST_ONLY',
  'SBATCH_REQUEUE',
]

function submitCommand(scriptPath: string): Command {
  const unset = notInherited.flatMap((name) => ['-u', name])
  return { program: 'env', args: [...unset, 'sbatch', '--parsable', scriptPath], folder: dirname(scriptPath) }
}

const words: RefusalWords = {
  // 6 of 6 submissions that timed out had made a job (Slurm 22.05 with a stopped controller).
  doubt:
    /timed out|Zero Bytes were transmitted|unexpected message|temporarily unable to accept|connection reset|not connected|Broken pipe|No route to host/i,
  limit: /MaxSubmitJob|MaxJobCount|violates accounting\/QOS policy|job count limit|Too many jobs/i,
  unwell:
    /Unable to contact|connect failure|Connection refused|authentication error|Invalid user for SlurmUser|munge/i,
  settings: slurmSettings,
  rejected: /Batch job submission failed: |sbatch: (?:fatal|error): |unrecognized option|invalid option/i,
}

function readNativeId(output: CommandResult): NativeId {
  const match = lastMatch(
    output.stdout,
    /^(\d+)(?:;([\w.-]+))?$/,
    /Submitted batch job (\d+)(?: on cluster (\S+))?$/i,
  )
  if (match === undefined) throw refusal('slurm', output, words)
  const [, id = '', cluster] = match
  return cluster === undefined ? id : `${id};${cluster}`
}

// `--states=all` shows states that the short list hides (SPECIAL_EXIT), and the finished, which are left out below.
// No ids: squeue fails outright when it is given one that it has already purged.
const squeueOptions = '--noheader --all --states=all --user="$(id -un)"'
// A user's own filters in the environment would hide jobs, and hidden means ended.
const noFilters = 'unset SQUEUE_PARTITION SQUEUE_ACCOUNT SQUEUE_QOS SQUEUE_NAMES SQUEUE_LICENSES SQUEUE_LOCAL'
const squeue = `${noFilters}; squeue ${squeueOptions} --format='%i|%T|%r|%j'`
// With several clusters each list stands under `CLUSTER: name`.
const squeueNames = `${noFilters}; answer=$(squeue ${squeueOptions} --format='%i %j') || return
printf '%s\\n' "$answer" | awk '/^CLUSTER: /{c=";" $2; next} {id=$1; sub(/^[^ ]+ /, ""); print id c " " $0}'`
const scancel = `case $1 in
*\\;*) scancel --clusters="\${1#*;}" "\${1%%;*}" ;;
*) scancel "$1" ;;
esac`

function readStates(output: CommandResult): ReadonlyMap<NativeId, JobStatus> {
  const answer = readAnswer('slurm', output)
  const jobs = new Map<NativeId, JobStatus>()
  let cluster = ''
  let read = 0
  for (const line of answer.lines) {
    const header = /^CLUSTER: (\S+)/.exec(line)
    // The name comes last, because it alone may hold the mark between the columns.
    const [, id, native, why, name] = /^(\S+?)\|([A-Z_]+)\|([^|]*)\|(.*)$/.exec(line) ?? []
    if (header !== null || id !== undefined) read += 1
    if (header !== null) cluster = `;${header[1]}`
    if (
      id === undefined ||
      native === undefined ||
      name === undefined ||
      why === undefined ||
      over.has(native)
    )
      continue
    const reason = why === 'None' || why === '' ? {} : { reason: why }
    jobs.set(`${id}${cluster}`, { name, state: stateOf(native, why), native, ...reason })
  }
  refuseUnreadable('slurm', answer, read)
  return jobs
}

/** The job is over; squeue shows it until it is purged (MinJobAge). */
const over = new Set(
  'COMPLETED CANCELLED FAILED TIMEOUT NODE_FAIL OUT_OF_MEMORY PREEMPTED BOOT_FAIL DEADLINE LAUNCH_FAILED'.split(
    ' ',
  ),
)

const states: Readonly<Record<string, JobState>> = {
  PENDING: 'queued',
  CONFIGURING: 'queued',
  REQUEUED: 'queued',
  REQUEUE_FED: 'queued',
  POWER_UP_NODE: 'queued',
  REQUEUE_HOLD: 'held',
  RESV_DEL_HOLD: 'held',
  SPECIAL_EXIT: 'held',
  RUNNING: 'running',
  RESIZING: 'running',
  SIGNALING: 'running',
  COMPLETING: 'completing',
  STAGE_OUT: 'completing',
  SUSPENDED: 'suspended',
  STOPPED: 'suspended',
}

function stateOf(native: string, reason: string): JobState {
  if (native === 'PENDING' && /^JobHeld|held state|requeued held/.test(reason)) return 'held'
  return states[native] ?? 'unknown'
}
