import { randomBytes } from 'node:crypto'
import { posix } from 'node:path'
import { WorkFolderGoneError } from '../../ports/site-ownership-errors.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { RemoteWriteError } from '../../ports/transport-errors.ts'
import type { FileToSend } from '../../ports/transport.ts'
import { placeAttemptScript, readPlaced, type AttemptThere } from '../dispatch/place-attempt-script.ts'
import { remoteRoot } from '../dispatch/remote-root.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { holdSite, runOwned } from './hold-site.ts'
import { attemptToken } from './token.ts'

/** Where an attempt lies on its site; readable, because people look there. */
export function attemptFolder(parts: EngineParts, { site, plan }: CalculationRecord, attempt: number): string {
  return `${remoteRoot(siteOf(parts, site).site, parts.projectId)}/${plan.folder}/attempt-${attempt}`
}

/**
 * Writes the files of an attempt aside, and moves them into their place in one step that the owner alone may make.
 *
 * @returns the attempt that is there already, when one from this number on was begun: the store is older than the site
 */
export async function placeAttempt(
  parts: EngineParts,
  calculation: CalculationRecord,
  attempt: number,
  files: readonly FileToSend[],
): Promise<AttemptThere | undefined> {
  const { site, transport } = siteOf(parts, calculation.site)
  await holdSite(parts, calculation.site)
  const root = remoteRoot(site, parts.projectId)
  const incoming = `${root}/.incoming/${attemptToken(parts.projectId, calculation.id, attempt)}-${randomBytes(4).toString('hex')}`
  await transport.upload(files, incoming)
  const folder = posix.dirname(attemptFolder(parts, calculation, attempt))
  const args = ['-c', placeAttemptScript, 'dopant-place', incoming, folder, String(attempt)]
  const output = await runOwned(parts, calculation.site, { program: 'sh', args })
  if (output.exitCode === 73) throw new WorkFolderGoneError(site.name, folder, output.stderr.trim())
  if (output.exitCode !== 0) {
    throw new RemoteWriteError(transport.host, folder, output.stderr.trim() || `the script ended with ${output.exitCode}`)
  }
  return readPlaced(output.stdout)
}

/** Is it ours, and may it still run or have run? One that was closed, or that another store left, is passed over. */
export function isToBeAdopted(parts: EngineParts, calculation: CalculationRecord, there: AttemptThere): boolean {
  return there.claim !== 'revoked' && there.token === attemptToken(parts.projectId, calculation.id, there.attempt)
}
