import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { emptyPollMemory, poll } from '../../../src/app/engine/poll.ts'
import type { Queue, Task } from '../../../src/ports/queue.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { addReady, openEngine, relaxations, type EngineBed } from './engine-bed.ts'

describe('a run that ended and whose collection was lost with an emptied queue', () => {
  const folder = temporaryFolder()
  const asked: Task[] = []
  let bed: EngineBed
  let aheadMs = 0
  beforeAll(async () => {
    const queue: Queue = {
      add: async (task) => void asked.push(task),
      addMany: async (tasks) => void asked.push(...tasks),
      consume: async () => ({ close: async () => undefined }),
      clear: async () => void asked.splice(0),
      close: async () => undefined,
    }
    const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) }
    bed = await openEngine({ stateFolder: join(folder, 'project'), workFolder: join(folder, 'work'), home: join(folder, 'home'), clock, queue })
    await addReady(bed, await relaxations(1))
    await bed.submitAll()
    await bed.pollUntil(['ended'])
    await queue.clear()
  })
  afterAll(() => bed.close())

  it('is asked for again by a look at the site a minute later, not before', async () => {
    await poll(bed.parts, 'cluster', emptyPollMemory())
    expect(asked).toEqual([])

    aheadMs = 61_000
    await poll(bed.parts, 'cluster', emptyPollMemory())
    expect(asked).toEqual([{ type: 'collect', subject: 'run-0' }])
  })
})
