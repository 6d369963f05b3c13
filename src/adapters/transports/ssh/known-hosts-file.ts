import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseKnownHosts, type KnownHost } from './known-hosts.ts'

/** All lines of the files that exist. A file that exists and cannot be read is an error: it may hold a revocation. */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  const texts = await Promise.all(files.map(readIfThere))
  return texts.flatMap(parseKnownHosts)
}

/** Adds a line: written beside the file, then renamed, so that no reader ever sees half of it. Links are followed. */
export async function addKnownHost(file: string, line: string): Promise<void> {
  const target = await realpath(file).catch(() => file)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const before = await readIfThere(target)
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  )
  const temporary = `${target}.${randomUUID()}`
  try {
    await writeFile(temporary, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`, {
      mode,
      flag: 'wx',
    })
    await chmod(temporary, mode)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
