import type { Cancelled } from '../../app/engine/cancel.ts'
import type { EngineParts } from '../../app/engine/engine-parts.ts'
import type { RunFiles } from '../../app/results/run-files.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Store } from '../../ports/store.ts'
import type { Templates } from '../../ports/templates.ts'
import type { Contact } from './contacts.ts'

/** What the dashboard works with. */
export interface DashboardParts {
  readonly projectFolder: string
  readonly store: Store
  readonly sites: ReadonlyMap<string, SiteConnection>
  readonly contacts: ReadonlyMap<string, Contact>
  readonly templates: Templates
  /** What the runs left, wherever it lies. */
  readonly files: RunFiles
  readonly clock: Clock
  /** Ends jobs, through the engine wherever it runs; undefined when there is none. */
  readonly cancel: (targets: readonly string[]) => Promise<Cancelled | undefined>
  /** When this process runs the engine: an action is then followed at once. */
  readonly engine: EngineParts | undefined
  readonly say: (line: string) => void
}
