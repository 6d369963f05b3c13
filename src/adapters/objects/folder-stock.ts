import { readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ObjectStock, StockedObject } from '../../ports/objects.ts'
import { objectPath, undefinedWhenMissing } from './folder-objects.ts'

/** Put aside to be removed; one that is left over was put aside by a process that died. */
const aside = '.aside'
/** Of a write that did not come to its end. */
const unfinished = '.part'

/**
 * What lies in a folder of objects.
 *
 * An object is put aside first and looked at once more, because somebody may have put the same content in between: whoever puts
 * what is there already makes it young (see `folderObjects`), and whoever comes later writes it anew.
 */
export function folderStock(folder: string): ObjectStock {
  return {
    list: async () => (await filesIn(folder)).flatMap(({ path, bytes, touchedAt }): StockedObject[] => {
      const sha256 = sha256Of(path, '.gz')
      return sha256 === undefined ? [] : [{ sha256, bytes, touchedAt }]
    }),
    remove: async (sha256, before) => {
      const path = objectPath(folder, sha256)
      const found = await stat(path).catch(undefinedWhenMissing)
      if (found === undefined || found.mtime >= before) return false
      const isAside = await rename(path, `${path}${aside}`).then(() => true, undefinedWhenMissing)
      if (isAside !== true) return false
      return removeUnlessTouched(path, before)
    },
    mend: async (before) => {
      for (const { path, touchedAt } of await filesIn(folder)) {
        if (path.endsWith(unfinished) && touchedAt < before) await rm(path, { force: true })
        if (path.endsWith(aside)) await putBack(path.slice(0, -aside.length))
      }
    },
  }
}

async function removeUnlessTouched(path: string, before: Date): Promise<boolean> {
  const found = await stat(`${path}${aside}`).catch(undefinedWhenMissing)
  if (found !== undefined && found.mtime >= before) {
    await putBack(path)
    return false
  }
  await rm(`${path}${aside}`, { force: true })
  return true
}

/** Both files have the same content, so that it does not matter which of them stays. */
async function putBack(path: string): Promise<void> {
  await rename(`${path}${aside}`, path).catch(undefinedWhenMissing)
}

interface FoundFile {
  readonly path: string
  readonly bytes: number
  readonly touchedAt: Date
}

async function filesIn(folder: string): Promise<readonly FoundFile[]> {
  const parts = (await readdir(folder).catch(undefinedWhenMissing)) ?? []
  const found: FoundFile[] = []
  for (const part of parts.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of (await readdir(join(folder, part)).catch(undefinedWhenMissing)) ?? []) {
      const path = join(folder, part, name)
      const known = await stat(path).catch(undefinedWhenMissing)
      if (known?.isFile() === true) found.push({ path, bytes: known.size, touchedAt: known.mtime })
    }
  }
  return found
}

function sha256Of(path: string, ending: string): string | undefined {
  const name = basename(path)
  const sha256 = `${basename(dirname(path))}${name.slice(0, -ending.length)}`
  return name.endsWith(ending) && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined
}
