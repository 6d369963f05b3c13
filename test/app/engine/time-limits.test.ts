import { describe, expect, it } from 'vitest'
import { TimeLimits, TaskOverdueError } from '../../../src/app/engine/time-limits.ts'
import type { Task } from '../../../src/ports/queue.ts'

const never = (): Promise<void> => new Promise(() => undefined)
const task = (type: Task['type'], subject = 'run-0'): Task => ({ type, subject })
const limits = { prepare: 1, submit: 1, poll: 1, collect: 4, reconcile: 1 }

/** A clock whose steps the test takes. */
function steps() {
  let waiting: (() => void)[] = []
  return {
    now: () => new Date('2026-11-22T08:00:00Z'),
    sleep: (_milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal?.addEventListener('abort', () => resolve())
        waiting.push(resolve)
      }),
    async step(count = 1) {
      for (let i = 0; i < count; i++) {
        for (const wake of waiting.splice(0)) wake()
        await new Promise((resolve) => setImmediate(resolve))
      }
      waiting = [...waiting]
    },
  }
}

describe('a task that never ends', () => {
  it('is left alone after the time of its kind, with a message, and others go on', async () => {
    const clock = steps()
    const atWork = new TimeLimits(clock, limits)
    const ended: string[] = []
    const hanging = atWork.within(task('submit', 'screen/B/relax'), never).catch((error: Error) => error)
    const reading = atWork.within(task('collect'), never).catch(() => void ended.push('collect'))

    await clock.step(1)
    await atWork.within(task('submit', 'run-1'), async () => void ended.push('run-1'))
    await clock.step(1)

    const error = await hanging
    expect(error).toBeInstanceOf(TaskOverdueError)
    expect(error).toMatchObject({
      message: 'submit screen/B/relax has not ended within 1 minutes and is left alone.',
      remedy: expect.stringContaining('`dopant path screen/B/relax`'),
    })
    expect(ended).toEqual(['run-1'])
    await clock.step(6)
    await reading
    expect(ended).toEqual(['run-1', 'collect'])
  })

  it('does not keep an engine that is told to stop', async () => {
    const clock = steps()
    const atWork = new TimeLimits(clock, limits)
    const hanging = atWork.within(task('collect'), never).catch((error: Error) => error.message)

    const stopping = atWork.stop(hanging)
    await clock.step(2)

    await stopping
    expect(await hanging).toContain('collect run-0 has not ended')
  })

  it('is not taken for one when the clock jumps by a day', async () => {
    const clock = steps()
    let shiftMs = 0
    const atWork = new TimeLimits({ ...clock, now: () => new Date(Date.parse('2026-11-22T08:00:00Z') + shiftMs) }, limits)
    let finish: () => void = () => undefined
    const working = atWork.within(task('submit'), () => new Promise((resolve) => (finish = resolve)))

    shiftMs = 86_400_000
    await clock.step(1)
    finish()

    await working
  })
})
