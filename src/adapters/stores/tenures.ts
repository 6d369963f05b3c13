import { sql } from 'kysely'
import { z } from 'zod'
import type { Tenure, TenureOwner, Tenures } from '../../ports/tenures.ts'
import { storeFailure } from './database-errors.ts'
import type { StoreDatabase } from './tables.ts'

const tenure = z.object({ epoch: z.number().int(), token: z.string() })

/** Rows of `dopant.meta`: they go with every copy of the store, which is what tells an old copy from the present one. */
export function sqlTenures(database: StoreDatabase, owner: TenureOwner): Tenures {
  const read = async (key: string): Promise<string | undefined> => {
    const row = await database.selectFrom('dopant.meta').select('value').where('key', '=', key).executeTakeFirst()
    return row?.value
  }
  const readHeld = async (site: string): Promise<Tenure | undefined> => {
    const text = await read(heldKey(site))
    return text === undefined ? undefined : tenure.parse(JSON.parse(text))
  }
  const propose = async (site: string, token: string): Promise<string> => {
    // A proposal that came with a copied store is not ours.
    await sql`
      INSERT INTO dopant.meta AS known (key, value) VALUES (${nextKey(site)}, ${token})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      WHERE split_part(known.value, '.', 1) <> ${owner.id}`.execute(database)
    return (await read(nextKey(site))) ?? token
  }
  const keep = async (site: string, held: Tenure): Promise<void> => {
    const value = JSON.stringify(held)
    const insert = database.insertInto('dopant.meta').values({ key: heldKey(site), value })
    await insert.onConflict((taken) => taken.column('key').doUpdateSet({ value })).execute()
    await database.deleteFrom('dopant.meta').where('key', '=', nextKey(site)).where('value', '=', held.token).execute()
  }
  return {
    owner,
    read: (site) => known(readHeld(site)),
    propose: (site, token) => known(propose(site, token)),
    keep: (site, held) => known(keep(site, held)),
  }
}

async function known<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw storeFailure(error)
  }
}

function heldKey(site: string): string {
  return `tenure/${site}`
}

function nextKey(site: string): string {
  return `next-tenure/${site}`
}
