import type { JobState, JobStatus, NativeId, Scheduler } from '../../ports/scheduler.ts'
import { SchedulerUnwellError, SubmissionRejectedError, SubmissionUnknownError } from '../../ports/scheduler-errors.ts'
import type { Command, CommandResult } from '../../ports/transport.ts'

/**
 * No batch system: jobs are processes of the site, detached from whoever started them.
 *
 * A job is `sh <folder>/job.sh <name>`, so that the process list shows its name; the native id is the process id.
 */
export const direct: Scheduler = {
  name: 'direct',
  directives: () => [],
  submitCommand: (scriptPath) => shell(startDetached, scriptPath),
  readNativeId,
  findByNameCommand: () => listProcesses,
  statusCommand: () => listProcesses,
  readStates,
  finalStateCommand: () => undefined,
  cancelCommand: (ids) => shell(cancelGroups, ...ids),
}

// setsid: the job survives the end of the connection and of the program that started it; its process group is its own,
// so that cancelling reaches the launched ranks too. $! is the job's own shell, because setsid replaces itself.
const startDetached =
  'cd "$(dirname "$1")" || exit 72; name=$(cat name) || exit 72; ' +
  'setsid sh "$1" "$name" </dev/null >job.out 2>job.err & echo "$!"'

// `env kill`: the kill built into dash refuses the negative id of a process group.
const cancelGroups = 'for id; do env kill -TERM -- "-$id" 2>/dev/null || kill -TERM "$id"; done'

const listProcesses: Command = { program: 'ps', args: ['-e', '-ww', '-o', 'pid=,stat=,args='] }

function shell(script: string, ...args: readonly string[]): Command {
  return { program: 'sh', args: ['-c', script, 'dopant', ...args] }
}

function readNativeId(output: CommandResult): NativeId {
  const id = output.stdout.trim()
  if (/^\d+$/.test(id)) return id
  if (output.exitCode === 72) throw new SubmissionRejectedError('direct', 'the job folder is not complete')
  throw new SubmissionUnknownError('direct', output.stderr || output.stdout)
}

function readStates(output: CommandResult): ReadonlyMap<NativeId, JobStatus> {
  if (output.exitCode !== 0 || output.stdout.trim() === '') throw new SchedulerUnwellError('ps', output.stderr)
  const jobs = new Map<NativeId, JobStatus>()
  for (const line of output.stdout.split('\n')) {
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
