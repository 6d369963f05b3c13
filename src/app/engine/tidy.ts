import { isKnownError } from '../../base/known-error.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { gigabytes } from '../../workflow/disk/disk-words.ts'
import type { Cleaner } from '../../workflow/disk/expendable.ts'
import { cleanScript, readCleaned, type CleanedFile } from '../dispatch/clean-script.ts'
import { remoteRoot } from '../dispatch/remote-root.ts'
import { expendableOf, type Expendable } from './disk-holders.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { runOwned } from './hold-site.ts'
import { together } from './together.ts'

/** What went, or would go, of one calculation. */
export interface Cleaned {
  readonly id: string
  readonly site: string
  readonly files: readonly CleanedFile[]
}

/**
 * Removes the large files that calculations, now done, and those before them have no use for any more; once for all that are done in the
 * same moment. What cannot be removed today is left to `dopant clean`: a full disk must never hold up a result.
 */
export const tidyAfter = together(async (parts, ids) => {
  try {
    const done = (await calculationsOf(parts, ids)).filter(({ state }) => state === 'done')
    const before = await calculationsOf(parts, [...new Set(done.flatMap(({ dependsOn }) => dependsOn))].filter((id) => !ids.includes(id)))
    await clean(parts, await expendableOf(parts.store, [...done, ...before], 'engine'), 'remove')
  } catch (error) {
    if (!isKnownError(error)) throw error
    parts.say(`${ids.join(', ')}: large files stay for now: ${error.message}`)
  }
})

async function calculationsOf({ store }: EngineParts, ids: readonly string[]): Promise<readonly CalculationRecord[]> {
  const found = await Promise.all(ids.map((id) => store.calculation(id)))
  return found.filter((each) => each !== undefined)
}

export interface CleanWish {
  readonly screenName: string
  /** Only look. */
  readonly isDryRun: boolean
}

/** Removes, or lists, every large file of a screen that nothing needs and nothing asks to keep. */
export async function cleanScreen(parts: EngineParts, { screenName, isDryRun }: CleanWish): Promise<readonly Cleaned[]> {
  const calculations = await parts.store.calculations({ screenName, withObsolete: true })
  const cleaner: Cleaner = 'person'
  return clean(parts, await expendableOf(parts.store, calculations, cleaner), isDryRun ? 'list' : 'remove')
}

/** So many paths fit into one command on any system. */
const pathsPerCall = 200

async function clean(parts: EngineParts, expendable: readonly Expendable[], mode: 'list' | 'remove'): Promise<readonly Cleaned[]> {
  const sites = [...new Set(expendable.map(({ calculation }) => calculation.site))]
  const cleaned: Cleaned[] = []
  for (const site of sites) {
    const here = expendable.filter(({ calculation }) => calculation.site === site)
    const files = await askSite(parts, site, here.flatMap(({ paths }) => paths), mode)
    for (const { calculation, paths } of here) {
      const own = files.filter(({ path }) => paths.includes(path))
      if (own.length === 0) continue
      cleaned.push({ id: calculation.id, site, files: own })
      if (mode === 'remove') await parts.store.remark(calculation.id, { actor: 'clean', reason: `removed ${wordsOf(own)}` })
    }
  }
  return cleaned
}

async function askSite(parts: EngineParts, siteName: string, paths: readonly string[], mode: 'list' | 'remove'): Promise<readonly CleanedFile[]> {
  const { site, transport } = siteOf(parts, siteName)
  const root = remoteRoot(site, parts.projectId)
  const found: CleanedFile[] = []
  for (let i = 0; i < paths.length; i += pathsPerCall) {
    const some = paths.slice(i, i + pathsPerCall)
    const command = { program: 'sh', args: ['-c', cleanScript, 'dopant-clean', root, mode, ...some] }
    const { stdout } = mode === 'list' ? await transport.run(command) : await runOwned(parts, siteName, command)
    found.push(...readCleaned(stdout, some))
  }
  return found
}

function wordsOf(files: readonly CleanedFile[]): string {
  const names = files.map(({ path }) => path.split('/').slice(-2).join('/'))
  return `${names.join(', ')}: ${gigabytes(files.reduce((sum, { bytes }) => sum + bytes, 0))}`
}
