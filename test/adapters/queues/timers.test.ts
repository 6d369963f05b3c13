import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProjectStorage, type ProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { temporaryProject } from '../../contracts/temporary-project.ts'
import { until } from '../../contracts/servers.ts'

describe('while the queue of the embedded database drains', () => {
  let project: Awaited<ReturnType<typeof temporaryProject>>
  let storage: ProjectStorage
  beforeAll(async () => {
    project = await temporaryProject()
    storage = await openProjectStorage({ folder: project.folder, env: {} })
  })
  afterAll(async () => {
    await storage.close()
    await project.remove()
  })

  it('timers have their turn: never more than a few tasks are done between two of them', async () => {
    const tasks = 150
    for (let i = 0; i < tasks; i++) await storage.queue.add({ type: 'submit', subject: `c${i}` })
    let ticks = 0
    const ticking = setInterval(() => (ticks += 1), 1)
    const ticksAtTask: number[] = []

    const consumption = await storage.queue.consume('submit', async () => void ticksAtTask.push(ticks))
    await until(() => ticksAtTask.length === tasks, 60_000)
    clearInterval(ticking)
    await consumption.close()

    const between = new Map<number, number>()
    for (const tick of ticksAtTask) between.set(tick, (between.get(tick) ?? 0) + 1)
    expect(Math.max(...between.values())).toBeLessThanOrEqual(5)
  })

  it('a look at a site that falls due is handed out while many submissions and collections still wait', async () => {
    const ready = 240
    const inLine = (type: 'submit' | 'collect') => Array.from({ length: ready / 2 }, (_, i) => ({ type, subject: `line-${i}` }))
    await storage.queue.addMany([...inLine('submit'), ...inLine('collect')])
    let done = 0
    let doneWhenDue = -1
    let doneWhenHandedOut = -1
    const each = async () => {
      await storage.store.count({ site: 'cluster' })
      done += 1
    }
    const consumptions = [
      await storage.queue.consume('poll', async () => void (doneWhenHandedOut = done)),
      await storage.queue.consume('submit', each, { concurrency: 32 }),
      await storage.queue.consume('collect', each, { concurrency: 32 }),
    ]

    await storage.queue.add({ type: 'poll', subject: 'cluster' }, { delaySeconds: 0.2 })
    setTimeout(() => (doneWhenDue = done), 200)
    await until(() => done === ready && doneWhenHandedOut >= 0, 60_000)
    await Promise.all(consumptions.map((consumption) => consumption.close()))

    // Each task is one statement at least, and every statement lets timers and the others have their turn.
    expect(doneWhenHandedOut - Math.max(0, doneWhenDue)).toBeLessThan(ready / 4)
    expect(doneWhenHandedOut).toBeLessThan(ready)
  })
})
