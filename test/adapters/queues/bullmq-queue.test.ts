import { afterAll, beforeAll, describe } from 'vitest'
import { ownProject } from '../../../src/adapters/ownership/own-project.ts'
import { bullmqQueue } from '../../../src/adapters/queues/bullmq-queue.ts'
import { embeddedBackend, postgresBackend } from '../../../src/adapters/queues/postgres-backend.ts'
import { redisBackend } from '../../../src/adapters/queues/redis-backend.ts'
import { openPgliteDatabase } from '../../../src/adapters/stores/pglite-database.ts'
import { openPostgresDatabase } from '../../../src/adapters/stores/postgres-database.ts'
import { describeQueue } from '../../contracts/queue-contract.ts'
import {
  postgresPrograms,
  redisProgram,
  startPostgres,
  startRedis,
  type TestServer,
} from '../../contracts/servers.ts'
import { temporaryProject } from '../../contracts/temporary-project.ts'

const options = { namespace: 'dopant-test', retryPace: { firstSeconds: 0.1, longestSeconds: 10 } }

describeQueue('the queue in the embedded database', async () => {
  const project = await temporaryProject()
  const owned = await ownProject(project.folder)
  const database = await openPgliteDatabase(owned)
  const queue = bullmqQueue(await embeddedBackend(database.pool), options)
  return {
    queue,
    close: async () => {
      await queue.close()
      await database.close()
      await owned.release()
      await project.remove()
    },
  }
})

const programs = postgresPrograms()
describe.skipIf(programs === undefined)('on a PostgreSQL server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startPostgres(programs ?? '')
  })
  afterAll(() => server?.stop())

  describeQueue('the queue in a PostgreSQL server', async () => {
    const open = async () => {
      const database = await openPostgresDatabase(server.url)
      const queue = bullmqQueue(await postgresBackend(database.pool), options)
      return { ...queueOf(queue), close: () => queue.close().then(() => database.close()) }
    }
    const queue = await open()
    return { queue, openAnother: open, close: queue.close }
  })
})

const redis = redisProgram()
describe.skipIf(redis === undefined)('on a Redis server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startRedis(redis ?? '')
  })
  afterAll(() => server?.stop())

  describeQueue('the queue in Redis', async () => {
    const open = async () => bullmqQueue(await redisBackend(server.url), options)
    const queue = await open()
    return { queue, openAnother: open, close: () => queue.close() }
  })
})

function queueOf(queue: ReturnType<typeof bullmqQueue>) {
  return {
    add: queue.add.bind(queue),
    addMany: queue.addMany.bind(queue),
    consume: queue.consume.bind(queue),
    clear: queue.clear.bind(queue),
  }
}
