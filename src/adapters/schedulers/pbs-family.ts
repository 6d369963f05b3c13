import { dirname } from 'node:path/posix'
import type { JobState, JobStatus, NativeId, Scheduler } from '../../ports/scheduler.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { ask, askAbout, readAnswer, refuseUnreadable } from './ask.ts'
import { cancelByName } from './cancel.ts'
import { readEndedJobs } from './pbs-ended.ts'
import { pbsJobs } from './pbs-jobs.ts'
import { pbsSettings } from './refused-setting.ts'
import { lastMatch, refusal, type RefusalWords } from './submission.ts'

/**
 * What PBS and Torque share: everything but resources and the look at ended jobs.
 *
 * @param ended constant shell line that shows the jobs `"$@"` in full, also when they are over
 */
export function pbsFamily(name: 'pbs' | 'torque', ended: string): Omit<Scheduler, 'name' | 'directives'> {
  return {
    jobIdVariable: 'PBS_JOBID',
    submitCommand: (scriptPath) => ({ program: 'qsub', args: [scriptPath], folder: dirname(scriptPath) }),
    readNativeId: (output) => readNativeId(name, output),
    findByNameCommand: (jobName) => ask(listing('-N "$1"'), [jobName]),
    statusCommand: () => ask(listing('')),
    readStates: (output) => readStates(name, output),
    finalStateCommand: (ids) => askAbout(ended, ids),
    readFinalStates: (output) => readEndedJobs(name, output),
    neverRunsReason,
    cancelCommand: (jobs) => cancelByName(names, 'qdel "$1"', jobs),
  }
}

// `qstat -f` shows everyone's jobs, so the ids are asked for first; the short table of qstat cuts ids and names.
function listing(selection: string): string {
  return `ids=$(qselect -u "$(id -un)" ${selection}) || return
[ -z "$ids" ] || qstat -f $ids`
}

// 35 and 153: a job ended or was purged between the two questions.
const names = `ids=$(qselect -u "$(id -un)") || return
[ -n "$ids" ] || return 0
answer=$(qstat -f $ids) || case $? in 35|153) ;; *) return 1 ;; esac
printf '%s\\n' "$answer" | awk '/^Job Id: /{id=$3} /^    Job_Name = /{print id " " substr($0, 16)}'`

/** A job that left between the two questions is a fact about that job. */
export const leftMeanwhile = /Unknown Job Id|Job has finished/i

const words: RefusalWords = {
  doubt: /End of File|timed? ?out|Premature end|connection reset|protocol error/i,
  limit:
    /would exceed .*limit|exceeds? .*limit of jobs|Maximum number of jobs already|max_queued|too many jobs/i,
  unwell:
    /Connection refused|cannot connect|can not connect|Communication failure|Invalid credential|No route to host|pbs_iff|server is shutting down/i,
  settings: pbsSettings,
  rejected: /^qsub: |usage: qsub|script file/im,
}

function readNativeId(scheduler: string, output: CommandResult): NativeId {
  const id = lastMatch(output.stdout, /^\d+(?:\[\d*\])?(?:\.[\w.-]+)?$/)?.[0]
  if (id === undefined) throw refusal(scheduler, output, words)
  return id
}

function readStates(scheduler: string, output: CommandResult): ReadonlyMap<NativeId, JobStatus> {
  const answer = readAnswer(scheduler, output, { harmless: leftMeanwhile })
  const found = pbsJobs(answer.lines)
  refuseUnreadable(scheduler, answer, found.length)
  const jobs = new Map<NativeId, JobStatus>()
  for (const { id, attributes } of found) {
    const native = attributes.get('job_state') ?? ''
    if (over.has(native)) continue
    const comment = attributes.get('comment')
    const reason = comment === undefined ? {} : { reason: comment }
    jobs.set(id, {
      name: attributes.get('Job_Name') ?? '',
      state: states[native] ?? 'unknown',
      native,
      ...reason,
    })
  }
  return jobs
}

/** F and X: finished, and finished part of an array; C: Torque's word for both. */
export const over = new Set(['F', 'X', 'C'])

const states: Readonly<Record<string, JobState>> = {
  Q: 'queued',
  W: 'queued',
  T: 'queued',
  H: 'held',
  R: 'running',
  B: 'running',
  E: 'completing',
  S: 'suspended',
  U: 'suspended',
}

/** PBS says so itself: «Can Never Run: Insufficient amount of resource: ncpus (R: 9999 A: 128 T: 128)». */
function neverRunsReason({ state, reason = '' }: JobStatus): string | undefined {
  const isWaiting = state === 'queued' || state === 'held'
  return isWaiting && /can never run/i.test(reason) ? reason : undefined
}
