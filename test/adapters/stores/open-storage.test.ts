import { PGlite } from '@electric-sql/pglite'
import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { openPostgresDatabase } from '../../../src/adapters/stores/postgres-database.ts'
import { freePort, postgresPrograms, startPostgres, until, type TestServer } from '../../contracts/servers.ts'
import { mgoPlan, mgoScreen } from '../../contracts/store-fixtures.ts'
import { temporaryProject, type TemporaryProject } from '../../contracts/temporary-project.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { startScript } from '../scripts/start-script.ts'

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject()
})
afterAll(() => project.remove())

const open = () => openProjectStorage({ folder: project.folder, env: {} })

describe('the embedded storage of a project', () => {
  it('keeps everything between two openings, its identity too', async () => {
    const first = await open()
    await first.store.saveScreen(mgoScreen('kept'))
    await first.store.addCalculations('kept', 'local', [mgoPlan('kept', 'pristine')])
    await first.close()

    const second = await open()

    expect(second.identity).toBe(first.identity)
    expect(second.identity).toMatch(/^[0-9a-f]{32}$/)
    expect((await second.store.calculations()).map(({ id }) => id)).toEqual(['kept/pristine/relax'])
    await second.close()
  })

  it('says that the disk is full where not even its owner can be written down, and is free afterwards', async (context) => {
    const folder = temporaryFolder()
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', folder])
    if (status !== 0) return context.skip('this user may not mount a small disk')
    try {
      spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1k'])

      for (const _ of [1, 2]) await expect(openProjectStorage({ folder, env: {} })).rejects.toMatchObject({ code: 'STORE_DISK_FULL', retryable: true })
    } finally {
      spawnSync('umount', [folder])
    }
  })

  it('is never opened by two engines at once', async () => {
    const first = await open()

    await expect(open()).rejects.toMatchObject({ code: 'PROJECT_OWNED' })
    await first.close()
  })

  it('discards the tasks of an earlier process: the store knows what is pending', async () => {
    const first = await open()
    await first.queue.add({ type: 'submit', subject: 'left over' })
    await first.close()
    const second = await open()
    const seen: string[] = []
    await second.queue.consume('submit', async ({ subject }) => void seen.push(subject))

    await second.queue.add({ type: 'submit', subject: 'new' })

    await until(() => seen.length > 0, 5_000)
    expect(seen).toEqual(['new'])
    await second.close()
  })

  it('lets its process end by itself once it is closed', { timeout: 60_000 }, async () => {
    const script = await startScript('use-and-close.ts', [project.folder], 'closed')

    expect(await script.exit).toBe(0)
    const [closed = 0, ended = 0] = script.lines.map((line) => Number(line.split(' ')[1]))
    expect(ended - closed).toBeLessThan(1_000)
  })

  it('refuses a store that a newer version has written, and changes nothing in it', async () => {
    const engine = await PGlite.create({ dataDir: join(project.folder, 'db') })
    await engine.query(
      `INSERT INTO dopant.kysely_migration (name, timestamp) VALUES ('9999-from-the-future', '2036')`,
    )
    await engine.close()

    await expect(open()).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringContaining('9999-from-the-future'),
    })

    const again = await PGlite.create({ dataDir: join(project.folder, 'db') })
    await again.query(`DELETE FROM dopant.kysely_migration WHERE name LIKE '9999%'`)
    await again.close()
    await (await open()).close()
  })

  it('refuses a folder of another major version of PostgreSQL, says who wrote it, and frees the project', async () => {
    const path = join(project.folder, 'db', 'PG_VERSION')
    const version = await readFile(path, 'utf8')
    await writeFile(path, '17\n')

    await expect(open()).rejects.toMatchObject({
      code: 'DATABASE_FOLDER_VERSION',
      message: expect.stringContaining('PostgreSQL 17'),
      remedy: expect.stringContaining('PGlite 0.5.16'),
    })

    await writeFile(path, version)
    await (await open()).close()
  })
})

const programs = postgresPrograms()
describe.skipIf(programs === undefined)('storage on servers', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startPostgres(programs ?? '')
  })
  afterAll(() => server?.stop())

  it('is shared by several processes, which see each other’s moves', async () => {
    const env = { DATABASE_URL: server.url }
    const [here, there] = await Promise.all([
      openProjectStorage({ folder: 'x', env }),
      openProjectStorage({ folder: 'y', env }),
    ])
    await here.store.addCalculations('shared', 'local', [mgoPlan('shared', 'pristine')])
    const planned = await there.store.calculation('shared/pristine/relax')
    if (planned === undefined) throw new Error('it was just added')
    await there.store.transition(planned, 'ready', { actor: 'there', reason: 'a test' })

    await expect(
      here.store.transition(planned, 'ready', { actor: 'here', reason: 'late' }),
    ).rejects.toMatchObject({ code: 'STALE_REVISION' })
    expect(here.identity).toBe(there.identity)
    await Promise.all([here.close(), there.close()])
  })

  it('answers a stopped server with an error and goes on when it is back', async () => {
    const storage = await openProjectStorage({ folder: 'x', env: { DATABASE_URL: server.url } })
    await server.stop()

    await expect(storage.store.screens()).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      retryable: true,
    })
    await storage.close()
    server = await startPostgres(programs ?? '')
  })

  it('is not ended by a server that stops while a connection is in use', async () => {
    const database = await openPostgresDatabase(server.url)
    const client = await database.pool.connect()
    await client.query('BEGIN')

    await server.stop()
    // An error that nobody hears ends the process in a turn like this one.
    await new Promise((resolve) => setTimeout(resolve, 200))

    await expect(client.query('COMMIT')).rejects.toThrow()
    client.release(true)
    await database.close()
    server = await startPostgres(programs ?? '')
  })

  it('says so when there is no server, or no queue server', async () => {
    const port = await freePort()
    const nobody = { DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none` }
    await expect(openProjectStorage({ folder: 'x', env: nobody })).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
    })

    const storage = await openProjectStorage({
      folder: 'x',
      env: { DATABASE_URL: server.url, REDIS_URL: `redis://127.0.0.1:${port}` },
    })
    await expect(storage.queue.add({ type: 'poll', subject: 'local' })).rejects.toMatchObject({
      code: 'QUEUE_UNREACHABLE',
    })
    await storage.close()
  })
})
