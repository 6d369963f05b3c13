import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProjectStorage, type ProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { postgresPrograms, startPostgres, type TestServer } from '../../contracts/servers.ts'
import { mgoPlan, mgoScreen } from '../../contracts/store-fixtures.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { withDatabase } from '../../with-database.ts'

const why = { actor: 'test', reason: 'a test with a "quote" and a \\ backslash' }
const numbers = { third: 1 / 3, tiny: 5e-324, sum: 0.1 + 0.2, text: 'Å, 電子 and a line\nend' }

describe('a store as a file', () => {
  let from: ProjectStorage
  let server: TestServer | undefined
  const lines: string[] = []
  beforeAll(async () => {
    from = await embedded()
    const { store } = from
    const plans = Array.from({ length: 210 }, (_, i) => mgoPlan('mgo', `m${i}`))
    await store.growScreen({ screen: mgoScreen('mgo'), site: 'local', sites: ['local', 'other'], priority: 3, added: plans, replaced: [], obsolete: [], revived: [], calculationIds: plans.map(({ id }) => id) })
    const ready = await store.transition((await store.calculation('mgo/m0/relax'))!, 'ready', why)
    await store.transition(ready, 'staged', why, { attempt: 1, record: { inputSha256: { INCAR: 'c0ffee' } } })
    await store.saveResult('mgo/m0/relax', 1, numbers)
    for await (const line of from.backup.exportLines()) lines.push(line)
  })
  afterAll(async () => {
    await from?.close()
    await server?.stop()
  })

  async function same(to: ProjectStorage): Promise<void> {
    const rows = await to.backup.importLines(asLines(lines))
    expect(rows).toBe(lines.length - 2)
    expect(await to.store.screens()).toEqual(await from.store.screens())
    expect(await to.store.calculations()).toEqual(await from.store.calculations())
    expect(await to.store.events()).toEqual(await from.store.events())
    expect(await to.store.attempts('mgo/m0/relax')).toEqual(await from.store.attempts('mgo/m0/relax'))
    expect(await to.store.result('mgo/m0/relax')).toEqual(await from.store.result('mgo/m0/relax'))
    expect((await to.store.result('mgo/m0/relax'))?.result).toEqual(numbers)
    expect(await to.store.screenRevisions('mgo')).toEqual(await from.store.screenRevisions('mgo'))
    const again: string[] = []
    for await (const line of to.backup.exportLines()) again.push(line)
    expect(again).toHaveLength(lines.length)
    const last = await from.store.lastSequence()
    await to.store.addCalculations('mgo', 'local', [mgoPlan('mgo', 'new')])
    expect((await to.store.calculations()).at(-1)?.id).toBe('mgo/new/relax')
    expect(await to.store.lastSequence()).toBe(last + 1)
  }

  it('comes back on a PostgreSQL server', async (context) => {
    const programs = postgresPrograms()
    if (programs === undefined) return context.skip()
    server = await startPostgres(programs)
    const to = await openProjectStorage({ folder: join(temporaryFolder(), '.dopant'), env: { DATABASE_URL: server.url } })
    try {
      await same(to)
    } finally {
      await to.close()
    }
  })

  it('is taken whole or not at all, and comes back to the last bit in another embedded database', async () => {
    const to = await embedded()
    const bad: readonly (readonly [readonly string[], string])[] = [
      [lines.slice(0, -1), 'IMPORT_REFUSED'],
      [lines.toSpliced(5, 1), 'IMPORT_REFUSED'],
      [['{"format":"something else"}', ...lines.slice(1)], 'IMPORT_REFUSED'],
      [['not JSON'], 'IMPORT_REFUSED'],
      [[], 'IMPORT_REFUSED'],
      [lines.toSpliced(3, 0, '{"table":"kysely_migration","row":{"name":"x"}}'), 'IMPORT_REFUSED'],
      [[JSON.stringify({ format: 'dopant-store', version: 1, migrations: ['0999-later'] }), ...lines.slice(1)], 'STORE_NEWER'],
    ]

    for (const [some, code] of bad) {
      await expect(to.backup.importLines(asLines(some)), some[0]).rejects.toMatchObject({ code })
      expect(await to.store.screens()).toEqual([])
    }
    try {
      await same(to)
    } finally {
      await to.close()
    }
    await expect(from.backup.importLines(asLines(lines))).rejects.toMatchObject({ code: 'IMPORT_REFUSED' })
  })

  it('takes a file from before a column existed', async () => {
    const older = lines.map((line) => line.replace(/,"obsolete_since":null,"priority":\d+,"sites":\[[^\]]*\],"content_key":null,"reused_from":null/, ''))
    const to = await embedded()

    await to.backup.importLines(asLines(older))

    expect(older.join('\n')).not.toContain('"priority"')
    expect(await to.store.calculation('mgo/m7/relax')).toMatchObject({ priority: 0, sites: [], obsoleteSince: null })
    await to.close()
  })
})

function embedded(): Promise<ProjectStorage> {
  return openProjectStorage({ folder: withDatabase(join(temporaryFolder(), '.dopant')), env: {} })
}

async function* asLines(lines: readonly string[]): AsyncIterable<string> {
  yield* lines
}
