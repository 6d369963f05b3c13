import type { KnownError } from '../../base/known-error.ts'
import {
  SchedulerUnwellError,
  SiteSettingRefusedError,
  SubmissionLimitError,
  SubmissionRejectedError,
  SubmissionUnknownError,
} from '../../ports/scheduler-errors.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { refusedSetting, type SettingWords } from './refused-setting.ts'

/** How a batch system words that it made no job; whatever fits none of these leaves the question open. */
export interface RefusalWords {
  /** The reply got lost: there may be a job. Looked for first. */
  readonly doubt: RegExp
  readonly limit: RegExp
  readonly unwell: RegExp
  /** A fault of the site's definition, whatever the job. */
  readonly settings: SettingWords
  readonly rejected: RegExp
}

/** What a submission without a job id means. */
export function refusal(scheduler: string, output: CommandResult, words: RefusalWords): KnownError {
  const said = `${output.stderr}\n${output.stdout}`.trim()
  if (output.exitCode === 0 || words.doubt.test(said))
    return new SubmissionUnknownError(scheduler, said || 'no job id')
  if (words.limit.test(said)) return new SubmissionLimitError(scheduler, said)
  if (words.unwell.test(said) || isMissingProgram(output)) return new SchedulerUnwellError(scheduler, said)
  const setting = refusedSetting(said, words.settings)
  if (setting !== undefined) return new SiteSettingRefusedError(scheduler, setting, said)
  if (words.rejected.test(said)) return new SubmissionRejectedError(scheduler, said)
  return new SubmissionUnknownError(scheduler, said || `exit code ${output.exitCode}`)
}

/** 126 and 127 are the shell's: the program was not started. */
function isMissingProgram({ exitCode }: CommandResult): boolean {
  return exitCode === 126 || exitCode === 127
}

/** The last line that is a job's id: banners come before, and wrappers of a site may add words around it. */
export function lastMatch(stdout: string, ...patterns: readonly RegExp[]): RegExpExecArray | undefined {
  const lines = stdout.split('\n').reverse()
  for (const line of lines) {
    for (const pattern of patterns) {
      const match = pattern.exec(line.trim())
      if (match !== null) return match
    }
  }
  return undefined
}
