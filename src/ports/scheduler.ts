import type { Resources } from './resources.ts'
import type { Command, CommandResult } from './transport.ts'

/** The number or name that the batch system gave to a job; `id;cluster` where Slurm names the cluster too. */
export type NativeId = string

export type SchedulerName = 'slurm' | 'pbs' | 'torque' | 'sge' | 'lsf' | 'direct'

/** What a batch system can say of a job that it still lists. */
export type JobState = 'queued' | 'held' | 'running' | 'suspended' | 'completing' | 'unknown'

export interface JobStatus {
  /** Our token; ids are reused by batch systems, so identity is id and name. */
  readonly name: string
  readonly state: JobState
  /** As the batch system words it: why a job waits. */
  readonly reason?: string
  /** The state in the batch system's own letters. */
  readonly native?: string
}

/** Why a job is over, as accounting tells it. */
export type EndReason =
  'completed' | 'failed' | 'walltime' | 'out-of-memory' | 'node-failure' | 'cancelled' | 'preempted'

export interface FinalState {
  /** The job's name: a record of another job under a reused id shows here. */
  readonly name: string
  readonly reason: EndReason
  /** Of the job script, 128 + signal when a signal ended it; absent when the script never ran. */
  readonly exitCode?: number
  /** The words of the batch system. */
  readonly native: string
}

/** Both halves of a job's identity. */
export interface NamedJob {
  readonly id: NativeId
  readonly name: string
}

/**
 * The dialect of one batch system. Does no I/O: it makes commands and reads answers.
 *
 * Commands are constant scripts with arguments, so that no value is ever read as a program.
 */
export interface Scheduler {
  readonly name: SchedulerName
  /** The variable in which a job finds its own native id; absent where that is the number of its process. */
  readonly jobIdVariable?: string
  /**
   * Lines for the head of a job script.
   *
   * @throws DirectiveRefusedError for a value that does not fit one directive
   * @throws ResourceUnsupportedError for a wish that the batch system cannot express
   */
  directives(jobName: string, resources: Resources): readonly string[]
  /** To be run in the script's folder, where the job's own output goes too. */
  submitCommand(scriptPath: string): Command
  /** Can a job be kept off nodes by their names? Absent where it cannot: nothing may claim it then. */
  readonly avoidsNodes?: true
  /**
   * @throws SubmissionRejectedError when there is certainly no job and trying again unchanged is useless
   * @throws SiteSettingRefusedError when there is no job because of what the site's definition asks for, whatever the job
   * @throws SubmissionLimitError when there is no job because we have too many
   * @throws SchedulerUnwellError when the batch system was certainly not reached
   * @throws SubmissionUnknownError in every other case
   */
  readNativeId(output: CommandResult): NativeId
  /** The jobs of that name, answered in the form that `readStates` reads. */
  findByNameCommand(jobName: string): Command
  /** All our jobs, one call for a site. */
  statusCommand(): Command
  /**
   * Absent means that the job left the queue; a state that we do not know is still in it.
   *
   * @throws SchedulerUnwellError for an outage or a cut answer: never an empty map
   */
  readStates(output: CommandResult): ReadonlyMap<NativeId, JobStatus>
  /** What accounting knows of jobs that left the queue; undefined where there is no accounting, and for no jobs. */
  finalStateCommand(ids: readonly NativeId[]): Command | undefined
  /**
   * Absent means that accounting does not know the end (yet): it may lag, be off, or have forgotten.
   *
   * @throws SchedulerUnwellError
   */
  readFinalStates?(output: CommandResult): ReadonlyMap<NativeId, FinalState>
  /** Why a waiting job will never start unless a person changes something; undefined while waiting makes sense. */
  neverRunsReason?(status: JobStatus): string | undefined
  /** Ends those jobs that still have their name; an id that now is another job's is left alone. */
  cancelCommand(jobs: readonly NamedJob[]): Command
}
