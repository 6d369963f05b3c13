import type { Clock } from '../../ports/clock.ts'
import type { Notifier } from '../../ports/notifier.ts'
import type { Objects } from '../../ports/objects.ts'
import type { Queue } from '../../ports/queue.ts'
import type { Site } from '../../ports/site.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Store } from '../../ports/store.ts'
import type { Templates } from '../../ports/templates.ts'
import type { Tenures } from '../../ports/tenures.ts'
import { KnownError } from '../../base/known-error.ts'

export interface Provenance {
  readonly objects: Objects
  readonly dopantVersion: string
}

/** What every use case of the engine works with. */
export interface EngineParts {
  readonly projectId: string
  /** Under which name this copy of the project drives its sites. */
  readonly tenures: Tenures
  readonly store: Store
  readonly queue: Queue
  readonly clock: Clock
  readonly templates: Templates
  readonly sites: ReadonlyMap<string, SiteConnection>
  /** Where copies of inputs and outputs are kept; without it none are. */
  readonly provenance?: Provenance
  /** Who is told of ends; nobody when absent. */
  readonly notifiers?: readonly Notifier[]
  /** A line for people and logs. */
  readonly say: (line: string) => void
}

export class SiteUnknownError extends KnownError {
  readonly code = 'SITE_UNKNOWN'
  readonly remedy: string
  constructor(name: string, known: readonly string[]) {
    super(`There is no site named ${name}.`)
    this.remedy = `Choose one of ${known.join(', ')} with --site, or describe the site in sites.yaml.`
  }
}

export function siteOf(parts: EngineParts, name: string): SiteConnection {
  const connection = parts.sites.get(name)
  if (connection === undefined) throw new SiteUnknownError(name, [...parts.sites.keys()])
  return connection
}

/** The sites without what reaches them. */
export function siteEntries({ sites }: Pick<EngineParts, 'sites'>): ReadonlyMap<string, Site> {
  return new Map([...sites].map(([name, { site }]) => [name, site]))
}
