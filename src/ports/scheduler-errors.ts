import { KnownError } from '../base/known-error.ts'

/** The batch system refused the job; trying again unchanged gives the same answer. */
export class SubmissionRejectedError extends KnownError {
  readonly code = 'SUBMISSION_REJECTED'
  readonly remedy = 'Correct the resources, account or partition of the site, then retry the calculation.'
  constructor(scheduler: string, answer: string) {
    super(`${scheduler} rejected the job: ${answer.trim().slice(0, 500)}`)
  }
}

/** What a site's definition may ask of its batch system, as `resources` names it. */
export type RefusedSetting = 'account' | 'qos' | 'partition' | 'constraint' | 'parallelEnvironment'

/**
 * The batch system does not know a name that the site's definition gives, or does not let us use it: a fault of the definition and of
 * no calculation. There is certainly no job.
 */
export class SiteSettingRefusedError extends KnownError {
  readonly code = 'SITE_SETTING_REFUSED'
  readonly remedy: string
  readonly setting: RefusedSetting
  constructor(scheduler: string, setting: RefusedSetting, answer: string) {
    super(`${scheduler} refuses the ${setting} of the site: ${answer.trim().slice(0, 500)}`)
    this.setting = setting
    this.remedy = `Correct resources.${setting} of the site in sites.yaml and run again; where it was put right on the cluster, use \`dopant resume site:NAME\`.`
  }
}

/** The batch system did not work; nothing is known about the jobs. */
export class SchedulerUnwellError extends KnownError {
  readonly code = 'SCHEDULER_UNWELL'
  readonly remedy = 'Wait: the next query decides, and no calculation changes state meanwhile.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(scheduler: string, answer: string) {
    super(`${scheduler} gave no usable answer: ${answer.trim().slice(0, 500)}`)
  }
}

/** The submission may or may not have happened. */
export class SubmissionUnknownError extends KnownError {
  readonly code = 'SUBMISSION_UNKNOWN'
  readonly remedy = 'Wait: the job is looked up by its name before anything is submitted again.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(scheduler: string, answer: string) {
    super(`It is not known whether ${scheduler} accepted the job: ${answer.trim().slice(0, 500)}`)
  }
}

/** The batch system holds as many jobs of ours as it takes; there is no job of this call. */
export class SubmissionLimitError extends KnownError {
  readonly code = 'SUBMISSION_LIMIT'
  readonly remedy = 'Wait until some jobs have left the queue, or lower `maxJobs` of the site.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(scheduler: string, answer: string) {
    super(`${scheduler} takes no more jobs now: ${answer.trim().slice(0, 500)}`)
  }
}

/** A value that would be more than one directive, or something else than it says. */
export class DirectiveRefusedError extends KnownError {
  readonly code = 'DIRECTIVE_REFUSED'
  readonly remedy: string
  constructor(field: string, value: unknown) {
    super(`${field} ${JSON.stringify(value)} cannot be written into a job script.`)
    this.remedy = `Correct ${field} in the resources of the site; docs/schedulers.md says what each may hold.`
  }
}

/** The batch system has no words for what is asked. */
export class ResourceUnsupportedError extends KnownError {
  readonly code = 'RESOURCE_UNSUPPORTED'
  readonly remedy: string
  constructor(scheduler: string, problem: string, remedy: string) {
    super(`${scheduler}: ${problem}`)
    this.remedy = remedy
  }
}
