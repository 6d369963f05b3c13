import { KnownError } from '../../base/known-error.ts'
import { SiteUnknownError } from '../../app/engine/engine-parts.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import type { DashboardParts } from './dashboard-parts.ts'

/** Where an attempt's files lie. */
export interface AttemptFolder {
  readonly connection: SiteConnection
  readonly folder: string
  readonly attempt: number
}

export class NoAttemptError extends KnownError {
  readonly code = 'WEB_NO_ATTEMPT'
  readonly remedy = 'Look again when the calculation has been submitted.'
  constructor(id: string) {
    super(`${id} has no such attempt yet.`)
  }
}

/** The folder of one attempt, of the current one by default. @throws NoAttemptError, SiteUnknownError */
export async function attemptFolder(parts: DashboardParts, calculation: CalculationRecord, attempt = calculation.attempt): Promise<AttemptFolder> {
  const recorded = (await parts.store.attempts(calculation.id)).find((each) => each.attempt === attempt)
  const folder = recorded?.remoteFolder ?? (attempt === calculation.attempt ? calculation.remoteFolder : null)
  if (folder === null) throw new NoAttemptError(calculation.id)
  return { connection: connectionOf(parts, recorded?.site ?? calculation.site), folder, attempt }
}

/** @throws SiteUnknownError */
export function connectionOf({ sites }: DashboardParts, name: string): SiteConnection {
  const connection = sites.get(name)
  if (connection === undefined) throw new SiteUnknownError(name, [...sites.keys()])
  return connection
}

/** The end of a text file as it is now; empty when there is none. */
export async function tailOf({ connection, folder }: AttemptFolder, name: string, bytes: number): Promise<string> {
  const script = '[ -f "$1" ] && tail -c "$2" "$1"; true'
  const { stdout } = await connection.transport.run({ program: 'sh', args: ['-c', script, 'dopant-tail', `${folder}/${name}`, String(bytes)] })
  return stdout
}
