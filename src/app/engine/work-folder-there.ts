import { WorkFolderGoneError } from '../../ports/site-ownership-errors.ts'
import { remoteRoot } from '../dispatch/remote-root.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'

/**
 * Asked before missing files are taken for the end of a job: where the owner's links are missing too, the file system is away
 * or was emptied, and nothing follows for any calculation.
 *
 * @throws WorkFolderGoneError
 */
export async function refuseMissingWorkFolder(parts: EngineParts, siteName: string): Promise<void> {
  if ((await parts.tenures.read(siteName)) === undefined) return // nothing of ours was ever put there
  const { site, transport } = siteOf(parts, siteName)
  const root = remoteRoot(site, parts.projectId)
  const found = await transport.run({ program: 'test', args: ['-d', `${root}/.dopant-owner`] })
  if (found.exitCode !== 0) throw new WorkFolderGoneError(siteName, root, 'it is not there')
}
