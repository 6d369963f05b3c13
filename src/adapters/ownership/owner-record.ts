import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const ownerRecord = z.object({
  host: z.string(),
  bootId: z.string(),
  network: z.string(),
  pid: z.number().int(),
  since: z.string(),
})

/** `owner.json`: who works on the project, for people and for other machines that share the folder. */
export type OwnerRecord = z.infer<typeof ownerRecord>

export async function readOwner(folder: string): Promise<OwnerRecord | undefined> {
  const text = await readFile(ownerPath(folder), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return ownerRecord.parse(JSON.parse(text))
  } catch {
    return undefined // half a record, left by a full disk: the lock itself decides
  }
}

export async function writeOwner(folder: string, record: OwnerRecord): Promise<void> {
  const temporary = join(folder, `owner.${record.pid}.part`)
  await writeFile(temporary, `${JSON.stringify(record, null, 2)}\n`)
  await rename(temporary, ownerPath(folder))
}

export async function removeOwner(folder: string): Promise<void> {
  await rm(ownerPath(folder), { force: true })
}

function ownerPath(folder: string): string {
  return join(folder, 'owner.json')
}
