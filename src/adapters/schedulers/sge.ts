import { dirname } from 'node:path/posix'
import type { Resources } from '../../ports/resources.ts'
import type { JobStatus, NativeId, Scheduler } from '../../ports/scheduler.ts'
import { ResourceUnsupportedError, SchedulerUnwellError } from '../../ports/scheduler-errors.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { ask, askAbout, readAnswer } from './ask.ts'
import { cancelByName } from './cancel.ts'
import {
  checkedJobName,
  checkedResources,
  coresPerNode,
  extraLines,
  refuseField,
} from './directive-values.ts'
import { qacctListing, readQacct } from './sge-accounting.ts'
import { listedJobs } from './sge-list.ts'
import { sgeSettings } from './refused-setting.ts'
import { lastMatch, refusal, type RefusalWords } from './submission.ts'

/** Grid Engine: SGE 6.2 and newer, Son of Grid Engine (seen working: 8.1.9), Univa. */
export const sge: Scheduler = {
  name: 'sge',
  jobIdVariable: 'JOB_ID',
  directives,
  avoidsNodes: true,
  submitCommand: (scriptPath) => ({
    program: 'qsub',
    args: ['-terse', scriptPath],
    folder: dirname(scriptPath),
  }),
  readNativeId,
  // `qstat -j NAME` answers in another form and fails when there is none.
  findByNameCommand: () => ask(qstat),
  statusCommand: () => ask(qstat),
  readStates,
  finalStateCommand: (ids) => askAbout(qacctListing, ids),
  readFinalStates: readQacct,
  neverRunsReason,
  cancelCommand: (jobs) => cancelByName(names, 'qdel "$1"', jobs),
}

function directives(jobName: string, resources: Resources): readonly string[] {
  const asked = checkedResources(resources)
  refuseField('sge', asked, 'qos')
  const { memoryMibPerNode, constraint, partition, account } = asked
  return [
    `-N ${checkedJobName(jobName)}`,
    // The queue's shell would run the script otherwise, by default csh.
    '-S /bin/sh',
    '-cwd',
    ...parallel(asked),
    `-l h_rt=${asked.walltimeSeconds}`,
    // Grid Engine counts memory by slot.
    ...(memoryMibPerNode === undefined
      ? []
      : [`-l mem_free=${Math.ceil(memoryMibPerNode / coresPerNode(asked))}M`]),
    ...(constraint === undefined ? [] : [`-l ${constraint}`]),
    ...(asked.exclusive === true ? ['-l exclusive=true'] : []),
    // Names with and without domain: the pattern is matched with the one that Grid Engine uses.
    ...(asked.avoidNodes === undefined ? [] : [`-l h=!(${asked.avoidNodes.map((node) => node.split('.')[0] ?? node).flatMap((name) => [name, `${name}.*`]).join('|')})`]),
    ...(partition === undefined ? [] : [`-q ${partition}`]),
    ...(account === undefined ? [] : [`-P ${account}`]),
    '-r n',
    // USR2 before KILL, so that the job can still write its end.
    '-notify',
    '-o job.out',
    '-e job.err',
  ]
    .map((line) => `#$ ${line}`)
    .concat(extraLines('#$', asked))
}

function parallel(asked: Resources): readonly string[] {
  const slots = asked.nodes * coresPerNode(asked)
  if (asked.parallelEnvironment !== undefined) return [`-pe ${asked.parallelEnvironment} ${slots}`]
  if (slots === 1) return []
  const remedy = 'Set parallelEnvironment in the resources of the site; `qconf -spl` lists those that exist.'
  throw new ResourceUnsupportedError('sge', `${slots} slots need a parallel environment.`, remedy)
}

const words: RefusalWords = {
  doubt: /timeout|timed out|failed receiving gdi|got read error|end of file/i,
  limit: /only \d+ jobs are allowed per user|job limit|max_u_jobs|too many jobs/i,
  unwell:
    /unable to (?:send message to|contact) qmaster|got select error|got send error|Connection refused|sge_gethostbyname|not an? (?:submit|admin) host/i,
  settings: sgeSettings,
  rejected:
    /rejected|denied: |does not exist|unknown (?:resource|queue|option)|not a valid|no suitable queues|no such file|invalid option|Unable to read script file/i,
}

function readNativeId(output: CommandResult): NativeId {
  const match = lastMatch(output.stdout, /^(\d+)(?:\.\d+-\d+:\d+)?$/, /^Your job(?:-array)? (\d+)[. ]/)
  if (match?.[1] === undefined) throw refusal('sge', output, words)
  return match[1]
}

// XML, because the table cuts names to ten characters.
const qstat = 'qstat -u "$(id -un)" -xml'
const names = `answer=$(qstat -u "$(id -un)" -r) || return
printf '%s\\n' "$answer" | awk '$1 ~ /^[0-9]+$/ && NF > 5 {id=$1} $1 == "Full" && $2 == "jobname:" {print id " " $3}'`

function readStates(output: CommandResult): ReadonlyMap<NativeId, JobStatus> {
  const { lines } = readAnswer('sge', output)
  const listed = listedJobs(lines.join('\n'))
  if (listed === undefined) throw new SchedulerUnwellError('sge', `unreadable: ${lines.join('\n')}`)
  return listed
}

/** An error state stays until a person clears it. */
function neverRunsReason({ native = '' }: JobStatus): string | undefined {
  if (!native.includes('E')) return undefined
  return `it could not be started (${native}); \`qstat -j ID -explain E\` says why, \`qmod -cj ID\` tries again`
}
