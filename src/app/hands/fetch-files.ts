import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isKnownError, KnownError } from '../../base/known-error.ts'
import type { Transport } from '../../ports/transport.ts'

/** What people look at; large ones are brought when they are named. */
export const usualFiles: readonly string[] = [
  ...['INCAR', 'KPOINTS', 'POSCAR', 'POTCAR.spec', 'job.sh', 'CONTCAR', 'OSZICAR', 'OUTCAR', 'ACF.dat', 'vasp.out'],
]

export class FetchRefusedError extends KnownError {
  readonly code = 'FETCH_REFUSED'
  readonly remedy: string
  constructor(name: string, problem: string, remedy: string) {
    super(`${name} is not fetched: ${problem}.`)
    this.remedy = remedy
  }
}

export interface Fetched {
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
  readonly missing: readonly string[]
}

/**
 * Brings files of a calculation's folder here, each whole or not at all, with the checksum that the site gave.
 *
 * @throws FetchRefusedError for a name that leaves the folder, and for POTCAR: its licence keeps it on the site
 */
export async function fetchFiles(transport: Transport, remoteFolder: string, names: readonly string[], to: string): Promise<Fetched> {
  for (const name of names) refuseUnsafe(name)
  await mkdir(to, { recursive: true })
  const files: Fetched['files'][number][] = []
  const missing: string[] = []
  for (const name of names) {
    const file = await fetchOne(transport, `${remoteFolder}/${name}`, join(to, name))
    if (file === undefined) missing.push(name)
    else files.push({ name, ...file })
  }
  return { files, missing }
}

function refuseUnsafe(name: string): void {
  if (basename(name) !== name || name === '' || name === '.' || name === '..' || /[\0\n\\]/.test(name)) {
    throw new FetchRefusedError(JSON.stringify(name), 'it is not the name of a file in the folder', 'Give plain names, such as OUTCAR.')
  }
  if (/^POTCAR(\.gz)?$/i.test(name)) {
    throw new FetchRefusedError(name, 'its licence keeps it on the site', 'Fetch POTCAR.spec, which names the datasets.')
  }
}

async function fetchOne(transport: Transport, remotePath: string, path: string) {
  const temporary = `${path}.${randomUUID()}.part`
  const hash = createHash('sha256')
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    const writing = pipeline(counting, createWriteStream(temporary, { flags: 'wx' }))
    const [received, written] = await Promise.allSettled([transport.download(remotePath, counting), writing])
    if (received.status === 'rejected') throw received.reason
    if (written.status === 'rejected') throw written.reason
    const { bytes, sha256 } = received.value
    if (hash.digest('hex') !== sha256) throw new Error(`${path} did not arrive as it was sent`)
    await rename(temporary, path)
    return { bytes, sha256 }
  } catch (error) {
    if (isKnownError(error) && error.code === 'REMOTE_FILE_MISSING') return undefined
    throw error
  } finally {
    counting.destroy()
    await rm(temporary, { force: true })
  }
}
