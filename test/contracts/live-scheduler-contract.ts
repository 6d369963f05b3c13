import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Scheduler } from '../../src/ports/scheduler.ts'
import type { LiveQueue } from '../integration/beds/live-queue.ts'
import { codeOf } from './scheduler-contract.ts'

export interface LivePlace {
  readonly queue: LiveQueue
}

export interface MendablePlace extends LivePlace {
  /** Takes the controller away, and brings it back; jobs go on. */
  stopController(): Promise<void>
  startController(): Promise<void>
}

/** What every dialect promises where the batch system is really there, with accounting; many jobs at the same time. */
export function liveSchedulerContract(scheduler: Scheduler, place: () => LivePlace): void {
  const queue = (): LiveQueue => place().queue

  describe(`${scheduler.name}, with its real programs, keeps the promise of a scheduler`, () => {
    it('takes an empty queue for empty', async () => {
      expect((await queue().states()).size).toBe(0)
    })

    it.concurrent('shows a job while it runs, lets it leave the queue, and tells from accounting that it completed', async () => {
      const id = await queue().submit('dfirst', 'sleep 2')
      const seen = await queue().until(id, (job) => job?.state === 'running')
      await queue().until(id, (job) => job === undefined)

      expect(seen?.name).toBe('dfirst')
      expect(await queue().finalLater(id)).toMatchObject({ name: 'dfirst', reason: 'completed', exitCode: 0 })
    })

    it.concurrent('tells the exit code of a job that failed', async () => {
      const id = await queue().submit('dseven', 'exit 7')

      expect(await queue().finalLater(id)).toMatchObject({ name: 'dseven', reason: 'failed', exitCode: 7 })
    })

    it.concurrent('puts output and errors of the job beside its script, in a folder with blanks', async () => {
      const folder = await queue().jobFolder('doutput', 'echo out; echo err >&2')
      await queue().finalLater((await queue().attempt(folder))())

      expect(readFileSync(join(folder, 'job.out'), 'utf8')).toBe('out\n')
      expect(readFileSync(join(folder, 'job.err'), 'utf8')).toBe('err\n')
    })

    it.concurrent('submits once, however often it is asked', async () => {
      const folder = await queue().jobFolder('donce', 'sleep 30')
      const first = (await queue().attempt(folder))()
      const again = (await queue().attempt(folder))()

      expect(again).toBe(first)
      expect([...(await queue().states()).values()].filter((job) => job.name === 'donce')).toHaveLength(1)
      await queue().cancel(first, 'donce')
    })

    it.concurrent('lays a queue that does not exist at the door of the site', async () => {
      const folder = await queue().jobFolder('dpart', 'true', { partition: 'nosuch' })

      expect(codeOf(await queue().attempt(folder))).toBe('SITE_SETTING_REFUSED')
    })

    it.concurrent('cancels a job only under its own name, and accounting says that it was cancelled', async () => {
      const id = await queue().submit('dmine', 'sleep 60')
      await queue().until(id, (job) => job?.state === 'running')

      expect(await queue().cancel(id, 'dother')).toBe(`not ours ${id}\n`)
      expect((await queue().states()).get(id)?.state).toBe('running')
      expect(await queue().cancel(id, 'dmine')).toContain(`cancelling ${id}\n`)
      await queue().until(id, (job) => job === undefined)
      expect(await queue().finalLater(id)).toMatchObject({ name: 'dmine', reason: 'cancelled' })
    })

    it.concurrent('takes an id that nobody knows for neither an end nor an outage', async () => {
      expect(await queue().final('999999')).toBeUndefined()
      expect(await queue().cancel('999999', 'dgone')).toBe('not ours 999999\n')
    })
  })
}

/** What every dialect promises while the controller is away. */
export function outageContract(scheduler: Scheduler, place: () => MendablePlace): void {
  const queue = (): LiveQueue => place().queue

  it(`${scheduler.name} does not take a controller that is away for an empty queue, and finds the job when it is back`, async () => {
    const id = await queue().submit('dstays', 'sleep 60')
    await queue().until(id, (job) => job?.state === 'running')
    const folder = await queue().jobFolder('dlater', 'true')

    await place().stopController()
    const listing = codeOf(await queue().readStates())
    const submission = codeOf(await queue().attempt(folder))
    const cancelled = await queue().cancel(id, 'dstays')
    await place().startController()

    expect(listing).toBe('SCHEDULER_UNWELL')
    expect(['SCHEDULER_UNWELL', 'SUBMISSION_UNKNOWN']).toContain(submission)
    expect(cancelled).toBe('')
    expect(await queue().until(id, (job) => job !== undefined)).toMatchObject({ name: 'dstays' })
    await queue().cancel(id, 'dstays')
  })
}
