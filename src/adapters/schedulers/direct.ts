import type { JobState, JobStatus, NativeId, Scheduler } from '../../ports/scheduler.ts'
import {
  SchedulerUnwellError,
  SubmissionRejectedError,
  SubmissionUnknownError,
} from '../../ports/scheduler-errors.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { ask, readAnswer } from './ask.ts'
import { cancelByName } from './cancel.ts'
import { checkedJobName } from './directive-values.ts'
import { lastMatch } from './submission.ts'

/**
 * No batch system: jobs are processes of the site, detached from whoever started them.
 *
 * A job is `sh <folder>/job.sh <name>`, so that the process list shows its name; the native id is the process id.
 */
export const direct: Scheduler = {
  name: 'direct',
  directives: (jobName) => (checkedJobName(jobName), []),
  submitCommand: (scriptPath) => ({ program: 'sh', args: ['-c', startDetached, 'dopant', scriptPath] }),
  readNativeId,
  findByNameCommand: () => ask(processes),
  statusCommand: () => ask(processes),
  readStates,
  finalStateCommand: () => undefined,
  cancelCommand: (jobs) => cancelByName(names, endGroup, jobs),
}

// setsid: the job survives the end of the connection and of the program that started it; its process group is its own,
// so that cancelling reaches the launched ranks too. $! is the job's own shell, because setsid replaces itself.
// unset: inside another batch job these would be taken for this job's own id.
const startDetached =
  'cd "$(dirname "$1")" || exit 72; name=$(cat name) || exit 72; unset SLURM_JOB_ID PBS_JOBID JOB_ID LSB_JOBID; ' +
  'setsid sh "$1" "$name" </dev/null >job.out 2>job.err & echo "$!"'

// `env kill`: the kill built into dash refuses the negative id of a process group.
const endGroup = 'env kill -TERM -- "-$1" 2>/dev/null || kill -TERM "$1"'

// Only this user's: others may use dopant on the same machine.
const processes = 'ps -ww -u "$(id -u)" -o pid=,stat=,args='
const names = `ps -e -ww -o pid=,args= | awk '$2 ~ /(^|\\/)sh$/ && $(NF-1) ~ /\\/job[.]sh$/ {print $1 " " $NF}'`

function readNativeId(output: CommandResult): NativeId {
  const id = lastMatch(output.stdout, /^\d+$/)?.[0]
  if (id !== undefined) return id
  if (output.exitCode === 72) throw new SubmissionRejectedError('direct', 'the job folder is not complete')
  throw new SubmissionUnknownError('direct', output.stderr || output.stdout)
}

function readStates(output: CommandResult): ReadonlyMap<NativeId, JobStatus> {
  const { lines } = readAnswer('ps', output)
  // The shell that asks is a process too.
  if (lines.length === 0) throw new SchedulerUnwellError('ps', 'a list without any process')
  const jobs = new Map<NativeId, JobStatus>()
  for (const line of lines) {
    const match = /^\s*(\d+)\s+(\S+)\s+(?:\S*\/)?sh \S.*\/job\.sh (\S+)$/.exec(line)
    if (match === null) continue
    const [, id = '', status = '', name = ''] = match
    const state = processState(status)
    if (state !== undefined) jobs.set(id, { name, state })
  }
  return jobs
}

/** T is stopped by a signal, Z has ended and only waits to be reaped. */
function processState(status: string): JobState | undefined {
  if (status.startsWith('Z')) return undefined
  return status.startsWith('T') ? 'suspended' : 'running'
}
