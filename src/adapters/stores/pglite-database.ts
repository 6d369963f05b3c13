import { PGlite } from '@electric-sql/pglite'
import type { OwnedProject } from '../ownership/own-project.ts'
import { storeFailure } from './database-errors.ts'
import { createDatabaseFolder } from './create-database-folder.ts'
import type { Database } from './database.ts'
import { careFor } from './pglite-care.ts'
import { markWhole, prepareDatabaseFolder } from './pglite-folder.ts'
import { pglitePool } from './pglite-pool.ts'

/**
 * Opens the embedded database `<project>/db`, and makes it when there is none (3–5 s, once).
 *
 * Two engines on one folder lose rows without a word, hence the proof of ownership. After `kill -9` it opens again with
 * everything that was acknowledged. It does not sync to the disk at every commit: a power cut may cost the last seconds.
 *
 * @throws DatabaseFolderVersionError when another major version of PostgreSQL wrote the folder
 */
export async function openPgliteDatabase(owned: OwnedProject): Promise<Database> {
  const engine = await openEngine(owned).catch((error: unknown) => {
    throw storeFailure(error)
  })
  await markWhole(owned.folder)
  await engine.exec('SET search_path TO bullmq, public')
  const session = pglitePool(engine)
  const stopCare = careFor(engine, session)
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    stopCare()
    await session.shut()
    await engine.close()
  }
  return { kind: 'embedded', pool: session.pool, close: () => (closing ??= close()) }
}

async function openEngine(owned: OwnedProject): Promise<PGlite> {
  const { folder, isNew } = await prepareDatabaseFolder(owned.folder)
  if (isNew) await createDatabaseFolder(folder)
  return PGlite.create({ dataDir: folder })
}
