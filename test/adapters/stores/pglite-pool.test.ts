import { PGlite } from '@electric-sql/pglite'
import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pglitePool, type PgliteSession } from '../../../src/adapters/stores/pglite-pool.ts'
import { embeddedPostgresMajor } from '../../../src/adapters/stores/pglite-folder.ts'

let engine: PGlite
let session: PgliteSession
let pool: Pool
beforeAll(async () => {
  engine = await PGlite.create()
  session = pglitePool(engine)
  pool = session.pool
  await pool.query('CREATE TABLE note (id int PRIMARY KEY, text text, size bigint, more json)')
})
afterAll(() => engine.close())

const countNotes = async (): Promise<number> =>
  (await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM note')).rows[0]?.n ?? -1

describe('the pool look-alike of the embedded database', () => {
  it('answers like pg: rows, count and command', async () => {
    const inserted = await pool.query('INSERT INTO note VALUES ($1, $2, $3, $4), (2, NULL, NULL, NULL)', [
      1,
      'one',
      5e15,
      '{"a":1}',
    ])
    const selected = await pool.query('SELECT * FROM note ORDER BY id')

    expect(inserted).toMatchObject({ command: 'INSERT', rowCount: 2 })
    expect(selected.rows[0]).toMatchObject({ id: 1, text: 'one', more: { a: 1 } })
    expect(Number(selected.rows[0]?.size)).toBe(5e15)
    await pool.query('TRUNCATE note')
  })

  it('takes several statements at once and answers with the last', async () => {
    const result = await pool.query('CREATE TABLE IF NOT EXISTS other (a int); SELECT 7 AS seven')

    expect(result.rows).toEqual([{ seven: 7 }])
  })

  it('keeps others out between BEGIN and COMMIT, whichever comments stand before them', async () => {
    const client = await pool.connect()
    await client.query('-- why\n-- so\nBEGIN')
    await client.query('INSERT INTO note (id) VALUES (1)')
    let isThrough = false
    const other = pool.query('SELECT 1').then(() => {
      isThrough = true
    })
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    expect(isThrough).toBe(false)

    await client.query('ROLLBACK')
    client.release()
    await other

    expect(isThrough).toBe(true)
    expect(await countNotes()).toBe(0)
  })

  it('commits 10 of 20 simultaneous transactions when the other 10 fail', async () => {
    const work = async (client: PoolClient, i: number): Promise<void> => {
      await client.query('BEGIN')
      try {
        await client.query('INSERT INTO note (id) VALUES ($1)', [i])
        if (i % 2 === 0) await client.query('SELECT 1 / 0')
        await client.query('COMMIT')
      } catch {
        await client.query('ROLLBACK')
      } finally {
        client.release()
      }
    }

    await Promise.all(Array.from({ length: 20 }, async (_, i) => work(await pool.connect(), i)))

    expect(await countNotes()).toBe(10)
    await pool.query('TRUNCATE note')
  })

  it('rolls back what a released client left open, and lets the others go on', async () => {
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query('INSERT INTO note (id) VALUES (1)')

    client.release()

    expect(await countNotes()).toBe(0)
  })

  it('stays inside the transaction at ROLLBACK TO a savepoint', async () => {
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query('SAVEPOINT s')
    await client.query('SELECT 1 / 0').catch(() => undefined)
    await client.query('ROLLBACK TO SAVEPOINT s')
    await client.query('INSERT INTO note (id) VALUES (3)')
    await client.query('COMMIT')
    client.release()

    expect(await countNotes()).toBe(1)
    await pool.query('TRUNCATE note')
  })

  it('brings notifications to every client that has listened, and to no other', async () => {
    const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()])
    const heard: string[] = []
    for (const [i, client] of clients.entries())
      client.on('notification', ({ channel, payload }) => heard.push(`${i} ${channel} ${payload}`))
    await clients[0]?.query('-- Subscribe to the shared channel.\nLISTEN jobs;')
    await clients[1]?.query('LISTEN jobs')

    await pool.query(`SELECT pg_notify('jobs', 'submit')`)

    expect(heard.sort()).toEqual(['0 jobs submit', '1 jobs submit'])
    clients[0]?.release()
    await pool.query(`SELECT pg_notify('jobs', 'poll')`)
    expect(heard.slice(2)).toEqual(['1 jobs poll'])
    for (const client of clients.slice(1)) client.release()
  })

  it('gives timers their turn between queries', async () => {
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 1)
    const start = performance.now()

    for (let i = 0; i < 300; i += 1) await pool.query('SELECT 1')

    clearInterval(ticking)
    expect(ticks).toBeGreaterThan((performance.now() - start) / 20)
  })

  it('holds the PostgreSQL version that folders are compared with', async () => {
    const { rows } = await pool.query<{ version: string }>(
      `SELECT current_setting('server_version_num') AS version`,
    )

    expect(Math.floor(Number(rows[0]?.version) / 10_000)).toBe(embeddedPostgresMajor)
  })

  it('refuses queries after it was shut, and ends the running transaction first', async () => {
    const client = await pool.connect()
    await client.query('BEGIN')
    const shut = session.shut()
    await client.query('INSERT INTO note (id) VALUES (9)')
    await client.query('COMMIT')
    await shut

    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'DATABASE_CLOSED' })
    expect((await engine.query('SELECT id FROM note')).rows).toEqual([{ id: 9 }])
  })
})
