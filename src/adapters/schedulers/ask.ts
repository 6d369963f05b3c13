import { SchedulerUnwellError } from '../../ports/scheduler-errors.ts'
import type { Command, CommandResult } from '../../ports/transport.ts'

/**
 * A question to a batch system, framed so that its answer can be told from everything else.
 *
 * Login shells print banners before, connections cut answers off, and some programs fail with exit code 0 and a word on
 * stderr. So the answer stands between two marks, and the closing one carries the program's exit code and its stderr:
 * without the closing mark there is no answer.
 *
 * @param listing constant shell lines; `"$@"` are the arguments
 */
export function ask(listing: string, args: readonly string[] = []): Command {
  return { program: 'sh', args: ['-c', askScript(listing), 'dopant-ask', ...args] }
}

/** A question about some jobs; about none there is nothing to ask, and some programs would tell of all. */
export function askAbout(listing: string, ids: readonly string[]): Command | undefined {
  return ids.length === 0 ? undefined : ask(listing, ids)
}

const begins = 'dopant-answer-begins'
const ends = 'dopant-answer-ends'

function askScript(listing: string): string {
  return `
LC_ALL=C; export LC_ALL
set -f
listing() {
${listing}
}
exec 3>&1
echo ${begins}
said=$(listing "$@" 2>&1 >&3 3>&-)
code=$?
printf '\\n${ends} %s\\n%s\\n' "$code" "$said"
exit "$code"
`
}

export interface Answer {
  readonly exitCode: number
  readonly lines: readonly string[]
  /** What the programs of the batch system said on stderr, line by line. */
  readonly complaints: readonly string[]
}

export interface Tolerance {
  /** Complaints that are facts about one job, such as an id that is no longer known. */
  readonly harmless?: RegExp
}

/** The whole answer of a question. @throws SchedulerUnwellError when it is cut, failed, or came with an error */
export function readAnswer(scheduler: string, output: CommandResult, { harmless }: Tolerance = {}): Answer {
  const answer = framed(output.stdout)
  if (answer === undefined)
    throw new SchedulerUnwellError(scheduler, `no whole answer. ${output.stderr || output.stdout}`)
  const grave = answer.complaints.filter((line) => harmless?.test(line) !== true)
  const isExplained = harmless !== undefined && answer.complaints.length > grave.length
  if (answer.exitCode !== 0 && !(isExplained && grave.length === 0)) {
    throw new SchedulerUnwellError(scheduler, grave.join('\n') || `exit code ${answer.exitCode}`)
  }
  // Slurm's tools may fail with exit code 0; warnings that say nothing of a failure are let pass.
  if (grave.some((line) => soundsLikeFailure.test(line)))
    throw new SchedulerUnwellError(scheduler, grave.join('\n'))
  return answer
}

const soundsLikeFailure =
  /error|fail|fatal|unable|cannot|can't|could not|refused|denied|timed? ?out|not responding|is down|no such|lost|reset/i

function framed(stdout: string): Answer | undefined {
  const lines = stdout.split('\n')
  const first = lines.indexOf(begins)
  const last = lines.findLastIndex((line) => line.startsWith(`${ends} `))
  const exitCode = Number(lines[last]?.slice(ends.length + 1))
  // An answer that ends before the line break after the code may be a cut «10» instead of «1».
  if (first < 0 || last < first || last === lines.length - 1 || !Number.isInteger(exitCode)) return undefined
  const isText = (line: string): boolean => line.trim() !== ''
  return {
    exitCode,
    lines: lines.slice(first + 1, last).filter(isText),
    complaints: lines.slice(last + 1).filter(isText),
  }
}

/** An answer with lines of which none could be read is not an empty list. */
export function refuseUnreadable(scheduler: string, answer: Answer, jobsRead: number): void {
  if (jobsRead > 0 || answer.lines.length === 0) return
  throw new SchedulerUnwellError(scheduler, `unreadable: ${answer.lines.join('\n')}`)
}
