import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Consumption, Queue, Task } from '../../src/ports/queue.ts'
import { until } from './servers.ts'

export interface OpenQueue {
  readonly queue: Queue
  /** Opens a second face of the same queue, as another process would; undefined where only one process may. */
  readonly openAnother?: () => Promise<Queue>
  close(): Promise<void>
}

const submit = (subject: string): Task => ({ type: 'submit', subject })

/** What every Queue must do, wherever it keeps its tasks. First retries come after 0.05 to 0.1 s in the queue that `open` makes. */
export function describeQueue(name: string, open: () => Promise<OpenQueue>): void {
  describe(name, () => {
    let opened: OpenQueue
    let queue: Queue
    const consumptions: Consumption[] = []
    beforeAll(async () => {
      opened = await open()
      queue = opened.queue
    })
    afterEach(async () => {
      await Promise.all(consumptions.splice(0).map((each) => each.close()))
      await queue.clear()
    })
    afterAll(() => opened?.close())

    const consume = async (
      handle: (task: Task) => Promise<void>,
      options: Parameters<Queue['consume']>[2] = {},
    ) => {
      consumptions.push(await queue.consume('submit', handle, options))
    }
    const record = async (options: Parameters<Queue['consume']>[2] = {}): Promise<string[]> => {
      const seen: string[] = []
      await consume(async ({ subject }) => void seen.push(subject), options)
      return seen
    }

    it('hands a task to its consumer, with the ids as they were given', async () => {
      const seen = await record()

      await queue.add(submit('li2mno3-010/b-on-mn1:x/relax %'))
      await queue.add(submit('42'))

      await until(() => seen.length === 2, 5_000)
      expect(seen).toEqual(['li2mno3-010/b-on-mn1:x/relax %', '42'])
    })

    it('keeps types apart', async () => {
      const seen = await record()

      await queue.add({ type: 'collect', subject: 'a' })
      await queue.add(submit('a'))

      await until(() => seen.length > 0, 5_000)
      await pause(100)
      expect(seen).toEqual(['a'])
    })

    it('keeps a task that was added before anybody consumes', async () => {
      await queue.add(submit('early'))

      const seen = await record()

      await until(() => seen.length === 1, 5_000)
    })

    it('makes one task of the same key while it waits, and a new one after it has run', async () => {
      for (let i = 0; i < 5; i += 1) await queue.add(submit('same'))
      const seen = await record()
      await until(() => seen.length > 0, 5_000)
      await pause(150)
      expect(seen).toEqual(['same'])

      await queue.add(submit('same'))

      await until(() => seen.length === 2, 5_000)
    })

    it('makes one task of the same key while it runs', async () => {
      let started = 0
      let release: () => void = () => undefined
      const gate = new Promise<void>((resolve) => {
        release = resolve
      })
      await consume(
        async () => {
          started += 1
          await gate
        },
        { concurrency: 3 },
      )
      await queue.add(submit('running'))
      await until(() => started === 1, 5_000)

      await queue.add(submit('running'))
      await pause(150)
      release()
      await pause(150)

      expect(started).toBe(1)
    })

    it.each([3, 40])('takes %i at once in their order, and each of them once', async (count) => {
      const tasks = Array.from({ length: count }, (_, i) => submit(`many-${i}`))
      await queue.add(submit('many-1'))

      await queue.addMany([...tasks, ...tasks])
      await queue.addMany([{ type: 'collect', subject: 'many-0' }, submit('many-0')])

      const seen = await record({ concurrency: 1 })
      await until(() => seen.length >= count, 10_000)
      await pause(150)
      expect(seen).toEqual(['many-1', 'many-0', ...tasks.slice(2).map(({ subject }) => subject)])
    })

    it('adds many with a delay and a priority, and nothing when there is nothing', async () => {
      const seen = await record()
      const start = Date.now()

      await queue.addMany([])
      await queue.addMany(Array.from({ length: 10 }, (_, i) => submit(`later-${i}`)), { delaySeconds: 0.5, priority: 5 })

      await until(() => seen.length === 10, 5_000)
      expect(Date.now() - start).toBeGreaterThanOrEqual(490)
    })

    it('takes tasks of the same subject with different keys as different tasks', async () => {
      const seen = await record()

      await queue.add(submit('round'), { key: 'round-1' })
      await queue.add(submit('round'), { key: 'round-2' })

      await until(() => seen.length === 2, 5_000)
    })

    it('waits as long as a task is delayed, and not much longer', async () => {
      const seen: number[] = []
      await consume(async () => void seen.push(Date.now()))
      const start = Date.now()

      await queue.add(submit('later'), { delaySeconds: 0.6 })

      await until(() => seen.length === 1, 5_000)
      const waitedMs = (seen[0] ?? 0) - start
      expect(waitedMs).toBeGreaterThanOrEqual(590)
      expect(waitedMs).toBeLessThan(1_100)
    })

    it('takes the urgent first: 1, 2, then what has no priority', async () => {
      await queue.add(submit('usual'))
      await queue.add(submit('second'), { priority: 2 })
      await queue.add(submit('first'), { priority: 1 })

      const seen = await record({ concurrency: 1 })

      await until(() => seen.length === 3, 5_000)
      expect(seen).toEqual(['first', 'second', 'usual'])
    })

    it('runs no more tasks at once than it was told', async () => {
      let running = 0
      let most = 0
      let done = 0
      await consume(
        async () => {
          running += 1
          most = Math.max(most, running)
          await pause(20)
          running -= 1
          done += 1
        },
        { concurrency: 3 },
      )

      await Promise.all(Array.from({ length: 12 }, (_, i) => queue.add(submit(`c${i}`))))

      await until(() => done === 12, 10_000)
      expect(most).toBe(3)
    })

    it('tries again what failed, after a growing pause', async () => {
      const tries: number[] = []
      await consume(
        async () => {
          tries.push(Date.now())
          if (tries.length < 3) throw new Error('the login node was busy')
        },
        { attempts: 5 },
      )

      await queue.add(submit('again'))

      await until(() => tries.length === 3, 10_000)
      const [first = 0, second = 0, third = 0] = tries
      expect(second - first).toBeGreaterThanOrEqual(45)
      expect(third - second).toBeGreaterThanOrEqual(95)
    })

    it('gives up after the last try, tells so once, and goes on with the rest', async () => {
      const givenUp: string[] = []
      let tries = 0
      const seen: string[] = []
      await consume(
        async ({ subject }) => {
          if (subject === 'good') return void seen.push(subject)
          tries += 1
          throw new Error(`no luck ${tries}`)
        },
        {
          attempts: 3,
          onGivenUp: async (task, error) => void givenUp.push(`${task.subject}: ${error.message}`),
        },
      )

      await queue.add(submit('bad'))
      await queue.add(submit('good'))

      await until(() => givenUp.length === 1, 10_000)
      await pause(150)
      expect(givenUp).toEqual(['bad: no luck 3'])
      expect(tries).toBe(3)
      expect(seen).toEqual(['good'])
    })

    it('takes the key of a task that was given up again', async () => {
      let tries = 0
      await consume(
        async () => {
          tries += 1
          throw new Error('no')
        },
        { attempts: 1 },
      )
      await queue.add(submit('given-up'))
      await until(() => tries === 1, 5_000)
      await pause(150)

      await queue.add(submit('given-up'))

      await until(() => tries === 2, 5_000)
    })

    it('forgets everything when cleared, and works on', async () => {
      await queue.add(submit('forgotten'))
      await queue.add(submit('forgotten too'), { delaySeconds: 0.2 })
      await queue.clear()
      const seen = await record()

      await queue.add(submit('remembered'))

      await until(() => seen.length > 0, 5_000)
      await pause(300)
      expect(seen).toEqual(['remembered'])
    })

    it('is cleared under a consumer that goes on consuming', async () => {
      const seen = await record()
      await queue.add(submit('cleared'), { delaySeconds: 0.3 })
      await queue.clear()
      await queue.add(submit('after'))

      await until(() => seen.length > 0, 5_000)
      await pause(500)
      expect(seen).toEqual(['after'])
    })

    it('stops taking tasks when a consumption is closed, and waits for those that run', async () => {
      const ended: string[] = []
      const consumption = await queue.consume('submit', async ({ subject }) => {
        await pause(200)
        ended.push(subject)
      })
      await queue.add(submit('one'))
      await queue.add(submit('two'))
      await pause(100)

      await consumption.close()

      expect(ended).toEqual(['one'])
      const rest = await record()
      await until(() => rest.length === 1, 5_000)
    })

    it('lets timers fire on time while it drains', async () => {
      const count = 300
      const seen = await record({ concurrency: 4 })
      let worstMs = 0
      let last = Date.now()
      const ticking = setInterval(() => {
        worstMs = Math.max(worstMs, Date.now() - last - 10)
        last = Date.now()
      }, 10)

      await Promise.all(Array.from({ length: count }, (_, i) => queue.add(submit(`t${i}`))))
      await until(() => seen.length === count, 20_000)
      clearInterval(ticking)

      // A stopped event loop was seconds; the rest is what two busy cores add.
      expect(worstMs).toBeLessThan(500)
    })

    it('gives a task to one consumer only, also to one in another process', async () => {
      if (opened.openAnother === undefined) return console.warn(`${name}: only one process may consume`)
      const another = await opened.openAnother()
      const seen = await record({ concurrency: 2 })
      const there = await another.consume('submit', async ({ subject }) => void seen.push(subject), {
        concurrency: 2,
      })

      await Promise.all(Array.from({ length: 40 }, (_, i) => another.add(submit(`s${i}`))))

      await until(() => seen.length >= 40, 10_000)
      await pause(100)
      expect(new Set(seen).size).toBe(40)
      expect(seen).toHaveLength(40)
      await there.close()
      await another.close()
    })

    it('closes idle consumers within two seconds', async () => {
      const all = await Promise.all(
        (['prepare', 'submit', 'poll', 'collect', 'reconcile'] as const).map((type) =>
          queue.consume(type, async () => {}),
        ),
      )
      const start = Date.now()

      await Promise.all(all.map((each) => each.close()))

      expect(Date.now() - start).toBeLessThan(2_000)
    })
  })
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
