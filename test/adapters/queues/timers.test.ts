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

    await storage.queue.consume('submit', async () => void ticksAtTask.push(ticks))
    await until(() => ticksAtTask.length === tasks, 60_000)
    clearInterval(ticking)

    const between = new Map<number, number>()
    for (const tick of ticksAtTask) between.set(tick, (between.get(tick) ?? 0) + 1)
    expect(Math.max(...between.values())).toBeLessThanOrEqual(5)
  })
})
