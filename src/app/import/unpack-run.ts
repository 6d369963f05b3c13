import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, open, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutputFile } from '../../ports/attempt.ts'
import { openFile } from '../parse/open-file.ts'

/** What is read of a run. POTCAR is neither read nor copied: OUTCAR names its datasets. */
const inputNames = ['INCAR', 'KPOINTS', 'POSCAR'] as const
const outputNames = ['OUTCAR', 'CONTCAR', 'ACF.dat', 'bader.out', 'vasprun.xml', 'LOCPOT'] as const

export interface UnpackedRun {
  /** Has the files under their plain names; the run's own folder is never written to. */
  readonly folder: string
  /** sha256 by the name that the file has in the run's folder. */
  readonly inputSha256: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, OutputFile>>
}

/** Lends a folder in which every file of a run lies unpacked; it is gone afterwards. @throws GzipDamagedError */
export async function withUnpackedRun<T>(runFolder: string, use: (run: UnpackedRun) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dopant-import-'))
  try {
    const inputSha256: Record<string, string> = {}
    const outputs: Record<string, OutputFile> = {}
    for (const name of inputNames) {
      const file = await place(runFolder, name, folder)
      if (file !== undefined) inputSha256[file.name] = file.sha256
    }
    for (const name of outputNames) {
      const file = await place(runFolder, name, folder)
      if (file !== undefined) outputs[file.name] = { sha256: file.sha256, bytes: file.bytes, isKept: false }
    }
    return await use({ folder, inputSha256, outputs })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function place(runFolder: string, name: string, folder: string) {
  const found = [name, `${name}.gz`].find((each) => existsSync(join(runFolder, each)))
  if (found === undefined) return undefined
  const path = join(runFolder, found)
  if (found === name) await symlink(path, join(folder, name))
  else await unpack(path, join(folder, name))
  return { name: found, sha256: await sha256Of(path), bytes: (await stat(path)).size }
}

async function unpack(path: string, to: string): Promise<void> {
  const file = await open(to, 'wx')
  try {
    for await (const chunk of openFile(path).chunks()) await file.write(chunk)
  } finally {
    await file.close()
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
