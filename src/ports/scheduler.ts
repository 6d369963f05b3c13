import type { Command, CommandResult } from './transport.ts'

/** The number or name that the batch system gave to a job. */
export type NativeId = string

/** What a batch system can say of a job that it still lists. */
export type JobState = 'queued' | 'held' | 'running' | 'suspended' | 'completing' | 'unknown'

export interface JobStatus {
  /** Our token; ids are reused by batch systems, so identity is id and name. */
  readonly name: string
  readonly state: JobState
  readonly reason?: string
}

export interface Resources {
  readonly nodes: number
  readonly ranksPerNode: number
  readonly walltimeSeconds: number
  readonly partition?: string
  readonly account?: string
}

/** The dialect of one batch system. Does no I/O: it makes commands and reads answers. */
export interface Scheduler {
  readonly name: 'slurm' | 'pbs' | 'sge' | 'lsf' | 'direct'
  directives(jobName: string, resources: Resources): readonly string[]
  submitCommand(scriptPath: string): Command
  readNativeId(output: CommandResult): NativeId
  findByNameCommand(jobName: string): Command
  /** All our jobs, one call for a site. */
  statusCommand(): Command
  /** Absent means that the job left the queue; an outage throws, it is never an empty map. */
  readStates(output: CommandResult): ReadonlyMap<NativeId, JobStatus>
  finalStateCommand(ids: readonly NativeId[]): Command | undefined
  cancelCommand(ids: readonly NativeId[]): Command
}
