import { dirname } from 'node:path/posix'
import type { Resources } from '../../ports/resources.ts'
import type { JobState, JobStatus, NativeId, Scheduler } from '../../ports/scheduler.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { ask, askAbout, readAnswer, refuseUnreadable } from './ask.ts'
import { cancelByName } from './cancel.ts'
import { checkedJobName, checkedResources, extraLines, nodeNames, refuseField } from './directive-values.ts'
import { arrayId, endedListing, readEndedLsfJobs } from './lsf-ended.ts'
import { lsfSettings } from './refused-setting.ts'
import { lastMatch, refusal, type RefusalWords } from './submission.ts'

/** IBM Spectrum LSF 10.1 and newer (`bjobs -o` with pending reasons). */
export const lsf: Scheduler = {
  name: 'lsf',
  jobIdVariable: 'LSB_JOBID',
  directives,
  avoidsNodes: true,
  // On its standard input, because bsub reads directives nowhere else. One try, because by default it waits for ever.
  submitCommand: (scriptPath) => ({
    program: 'sh',
    args: ['-c', 'LSB_NTRIES=1 bsub <"$1"', 'dopant', scriptPath],
    folder: dirname(scriptPath),
  }),
  readNativeId,
  findByNameCommand: (jobName) => ask(`${bjobs} -J "$1"`, [jobName]),
  statusCommand: () => ask(bjobs),
  readStates,
  finalStateCommand: (ids) => askAbout(endedListing, ids),
  readFinalStates: readEndedLsfJobs,
  neverRunsReason,
  cancelCommand: (jobs) => cancelByName(names, 'bkill "$1"', jobs),
}

function directives(jobName: string, resources: Resources): readonly string[] {
  const asked = checkedResources(resources)
  refuseField('lsf', asked, 'qos')
  refuseField('lsf', asked, 'parallelEnvironment')
  const { coresPerRank, memoryMibPerNode, constraint, partition, account } = asked
  return [
    `-J ${checkedJobName(jobName)}`,
    `-n ${asked.nodes * asked.ranksPerNode}`,
    `-R "span[ptile=${asked.ranksPerNode}]"`,
    ...(coresPerRank === undefined ? [] : [`-R "affinity[core(${coresPerRank})]"`]),
    ...(memoryMibPerNode === undefined ? [] : [`-R "rusage[mem=${memoryMibPerNode}MB]"`]),
    ...(constraint === undefined ? [] : [`-R "select[${constraint}]"`]),
    ...(asked.avoidNodes === undefined ? [] : [`-R "select[${asked.avoidNodes.flatMap(nodeNames).map((name) => `hname!='${name}'`).join(' && ')}]"`]),
    `-W ${hoursMinutes(asked.walltimeSeconds)}`,
    ...(asked.exclusive === true ? ['-x'] : []),
    ...(partition === undefined ? [] : [`-q ${partition}`]),
    ...(account === undefined ? [] : [`-P ${account}`]),
    '-rn',
    '-o job.out',
    '-e job.err',
  ]
    .map((line) => `#BSUB ${line}`)
    .concat(extraLines('#BSUB', asked))
}

function hoursMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

const words: RefusalWords = {
  doubt: /timed? ?out|connection reset|broken pipe/i,
  limit: /(?:pending )?job (?:slot )?(?:limit|threshold)|pending job threshold/i,
  unwell:
    /LSF is down|cannot connect to LSF|not responding|still trying|LIM (?:is down|configuration is not ready)|communication|Connection refused/i,
  settings: lsfSettings,
  rejected:
    /job not submitted|No such queue|bad resource requirement|unknown option|illegal option|Request aborted by esub/i,
}

function readNativeId(output: CommandResult): NativeId {
  const id = lastMatch(output.stdout, /Job <(\d+)> is submitted to/)?.[1]
  if (id === undefined) throw refusal('lsf', output, words)
  return id
}

// The reason comes last, because it alone may go on in a second line. LSB_BJOBS_FORMAT of the user does not count with -o.
const bjobs =
  'LSB_NTRIES=1; export LSB_NTRIES; bjobs -noheader -o \'jobid jobindex stat job_name pend_reason delimiter="|"\''
const names = `answer=$(LSB_NTRIES=1; export LSB_NTRIES; bjobs -noheader -o 'jobid jobindex job_name delimiter="|"' 2>&1)
code=$?
case $answer in *'No unfinished job found'*) return 0 ;; esac
[ "$code" -eq 0 ] || { printf '%s\\n' "$answer" >&2; return "$code"; }
printf '%s\\n' "$answer" | awk -F '|' '{print ($2 > 0 ? $1 "[" $2 "]" : $1) " " $3}'`

/** Both come with exit code 255 in some versions; neither is an outage. */
const noJob = /No unfinished job found|Job <[^>]*> is not found/i

function readStates(output: CommandResult): ReadonlyMap<NativeId, JobStatus> {
  const answer = readAnswer('lsf', output, { harmless: noJob })
  const jobs = new Map<NativeId, JobStatus>()
  let read = 0
  for (const line of answer.lines) {
    const [, id = '', index, native = '', name = '', why = ''] =
      /^(\d+)\|(\d+|-)\|([A-Z]+)\|([^|]*)(?:\|(.*))?$/.exec(line) ?? []
    if (id === '') continue
    read += 1
    if (native === 'DONE' || native === 'EXIT') continue
    const reason = why === '' || why === '-' ? {} : { reason: why.trim() }
    jobs.set(arrayId(id, index), { name, state: states[native] ?? 'unknown', native, ...reason })
  }
  refuseUnreadable('lsf', answer, read)
  return jobs
}

/** UNKWN (its host is out of reach) and ZOMBI stay unknown: the job may be running. */
const states: Readonly<Record<string, JobState>> = {
  PEND: 'queued',
  PROV: 'queued',
  WAIT: 'queued',
  FWD_PEND: 'queued',
  PSUSP: 'held',
  RUN: 'running',
  USUSP: 'suspended',
  SSUSP: 'suspended',
}

/** Only what no waiting cures; «resource requirements not satisfied» may be cured by time. */
const never =
  /dependency condition (?:is )?(?:invalid|never satisfied)|never satisfied|longer than .* run ?limit|no (?:suitable|candidate) host exists/i

function neverRunsReason({ state, reason = '' }: JobStatus): string | undefined {
  return (state === 'queued' || state === 'held') && never.test(reason) ? reason : undefined
}
