import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { isKnownError } from '../../base/known-error.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Transport } from '../../ports/transport.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'
import { fetchFiles } from '../hands/fetch-files.ts'
import { remoteChecksums } from '../hands/remote-checksums.ts'
import { shortenGrid } from '../outputs/shorten-grid.ts'
import { localRunFiles, type RunFiles, type RunPlace } from './run-files.ts'

export interface SiteRunFilesOptions {
  readonly sites: ReadonlyMap<string, Pick<SiteConnection, 'site' | 'transport'>>
  /** Copies of remote files are kept here, each with the checksum that it has on its site. */
  readonly cacheFolder: string
  readonly say: (line: string) => void
}

/** Grids whose first density is all that planes need; of a spin-polarised one that is the first half. */
const grids: readonly string[] = ['CHGCAR', 'AECCAR0', 'AECCAR2']

/**
 * Files of runs wherever they lie. Those of other machines come through the site's own transport, whole or not at all, and only
 * when the copy from last time is no longer what lies there. A site that cannot be reached lends its last copy, or nothing, and is
 * told of once.
 */
export function siteRunFiles({ sites, cacheFolder, say }: SiteRunFilesOptions): RunFiles {
  const told = new Set<string>()
  return {
    async read(place, name, read) {
      const connection = sites.get(place.site)
      if (connection === undefined || connection.site.transport.kind === 'local' || place.remoteFolder === null) {
        return localRunFiles.read(place, name, read)
      }
      const folder = join(cacheFolder, keyOf(place))
      try {
        await bring(connection.transport, place.remoteFolder, name, folder)
      } catch (error) {
        if (!isKnownError(error)) throw error
        if (!told.has(place.site)) say(`Files of ${place.site} are not read now: ${error.message} ${error.remedy}`)
        told.add(place.site)
      }
      return localRunFiles.read({ ...place, remoteFolder: folder }, name, read)
    },
  }
}

function keyOf({ site, remoteFolder }: RunPlace): string {
  return createHash('sha256').update(`${site}\n${remoteFolder}`).digest('hex').slice(0, 32)
}

/** Leaves the file, plain or packed, in the folder with the checksum of what lies on the site. */
async function bring(transport: Transport, remoteFolder: string, name: string, folder: string): Promise<void> {
  const there = await remoteChecksums(transport, remoteFolder, [name, `${name}.gz`])
  const found = [name, `${name}.gz`].find((each) => there?.has(each) === true)
  const sha256 = there?.get(found ?? '')
  if (found === undefined || sha256 === undefined) return
  const mark = join(folder, `${name}.sha256`)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === `${sha256}\n`) return
  if (found !== name || !grids.includes(name)) await fetchFiles(transport, remoteFolder, [found], folder)
  else await shortenGrid(transport, remoteFolder, name, (shortened) => fetchFiles(transport, remoteFolder, [shortened], folder), folder)
  await writeFileWhole(mark, `${sha256}\n`)
}
