import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmqQueue } from '../../../src/adapters/queues/bullmq-queue.ts'
import { redisBackend } from '../../../src/adapters/queues/redis-backend.ts'
import { redisProgram, startRedis, until, type TestServer } from '../../contracts/servers.ts'

const redis = redisProgram()
const open = async (url: string, onBack?: () => void) => bullmqQueue(await redisBackend(url, onBack), { namespace: 'dopant-outage' })

describe.skipIf(redis === undefined)('a Redis server that goes away', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startRedis(redis ?? '')
  })
  afterAll(() => server?.stop())

  it('lets adding fail soon with a remedy, and goes on with the same consumer when it is back and empty, which is told', async () => {
    let timesBack = 0
    const queue = await open(server.url, () => (timesBack += 1))
    const seen: string[] = []
    await queue.consume('submit', async ({ subject }) => void seen.push(subject))
    await queue.add({ type: 'submit', subject: 'before' })
    await until(() => seen.length === 1, 5_000)
    expect(timesBack).toBe(0)

    await server.stop()
    const start = Date.now()
    await expect(queue.add({ type: 'submit', subject: 'during' })).rejects.toMatchObject({
      code: 'QUEUE_UNREACHABLE',
      retryable: true,
    })
    expect(Date.now() - start).toBeLessThan(5_000)

    server = await startRedis(redis ?? '', Number(new URL(server.url).port))
    await until(
      () =>
        queue.add({ type: 'submit', subject: 'after' }).then(
          () => true,
          () => false,
        ),
      10_000,
    )
    await until(() => seen.includes('after'), 20_000)
    expect(timesBack).toBe(1)
    await queue.close()
  })

  it('does not keep a queue from closing', async () => {
    const queue = await open(server.url)
    await queue.consume('submit', async () => {})
    await queue.add({ type: 'submit', subject: 'x' })
    await server.stop()
    const start = Date.now()

    await queue.close()

    expect(Date.now() - start).toBeLessThan(8_000)
    server = await startRedis(redis ?? '')
  })
})
