/** What crossed the line to a site, or was asked of its login node. */
export interface TrafficCounts {
  /** Connections opened; none where the site is this machine. */
  readonly connections: number
  /** Questions for the list of our jobs. */
  readonly statusCalls: number
  /** Questions for the ends of jobs that left the queue. */
  readonly accountingCalls: number
  readonly otherCommands: number
  readonly filesSent: number
  readonly bytesSent: number
  readonly filesReceived: number
  readonly bytesReceived: number
}

/** One hour of a site. */
export interface SiteTraffic extends TrafficCounts {
  readonly site: string
  /** Start of the hour, UTC. */
  readonly hour: string
}

export const noTraffic: TrafficCounts = {
  connections: 0,
  statusCalls: 0,
  accountingCalls: 0,
  otherCommands: 0,
  filesSent: 0,
  bytesSent: 0,
  filesReceived: 0,
  bytesReceived: 0,
}

/** What the last look at a site's queue said of the user's jobs there, whoever submitted them. */
export interface SiteWatch {
  readonly site: string
  readonly seenAt: string
  /** Jobs of the user that this project does not know. */
  readonly otherJobs: number
  /** The batch system's refusal, while it takes no more jobs of the user. */
  readonly fullReason: string | null
  readonly fullSince: string | null
  /** How many jobs of the user were listed by the first look after the refusal; with fewer there is room again. */
  readonly fullJobs: number | null
}

/** A site whose batch system refuses what the site's definition asks for. */
export interface SiteHold {
  readonly site: string
  /** As `resources` names it: `account`, `partition`. */
  readonly setting: string
  /** The value, the step that asked for it, and the batch system's answer. */
  readonly reason: string
  /** Stands for the definition that was refused: with another one the site is asked again. */
  readonly settings: string
  readonly since: string
}

/** What all attempts of a screen together may cost. */
export interface ScreenBudget {
  readonly screenName: string
  readonly budgetCoreHours: number
}

/** Why a job waits, in the batch system's words. */
export interface JobNotice {
  readonly calculationId: string
  readonly reason: string
  /** What a person must change, when waiting is no use. */
  readonly neverRuns: string | null
}
