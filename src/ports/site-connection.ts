import type { Scheduler } from './scheduler.ts'
import type { Site } from './site.ts'
import type { Transport } from './transport.ts'

/** A site with the two things that reach it. */
export interface SiteConnection {
  readonly site: Site
  readonly transport: Transport
  readonly scheduler: Scheduler
}
