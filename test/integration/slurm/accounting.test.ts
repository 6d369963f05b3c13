import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slurm } from '../../../src/adapters/schedulers/slurm.ts'
import type { NativeId } from '../../../src/ports/scheduler.ts'
import { liveSchedulerContract, outageContract } from '../../contracts/live-scheduler-contract.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { liveQueue, type LiveQueue } from '../beds/live-queue.ts'
import { startLoginNode, type LoginNode } from '../beds/login-node.ts'
import { hasMemoryGroups, startSlurm, whyNoSlurm, type SlurmBed } from './slurm-bed.ts'

const reason = await whyNoSlurm({ accounting: true })

describe.skipIf(reason !== undefined)(
  `a real Slurm with accounting behind a real jump host${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let bed: SlurmBed
    let node: LoginNode
    let queue: LiveQueue
    beforeAll(async () => {
      bed = await startSlurm({ accounting: true, memoryGroups: true })
      node = await startLoginNode(temporaryFolder(), bed.environment)
      queue = liveQueue(slurm, node.open(), node.emptyFolder)
    })
    afterAll(async () => {
      await node?.stop()
      await bed?.stop()
    })

    liveSchedulerContract(slurm, () => ({ queue }))

    it.skipIf(!hasMemoryGroups()).concurrent(
      `tells a job that took more memory than it asked for${hasMemoryGroups() ? '' : ' (skipped: no memory control groups here)'}`,
      async () => {
        const id = await queue.submit('dlarge', 'head -c 300m /dev/zero | tail >/dev/null')

        expect(await queue.finalLater(id)).toMatchObject({ name: 'dlarge', reason: 'out-of-memory' })
      },
    )

    it.concurrent('tells a job that ran out of its time', async () => {
      const id = await startOverrun(bed, queue)

      expect(await queue.finalLater(id)).toMatchObject({ name: 'dslow', reason: 'walltime' })
    })

    it.concurrent('tells a job that a signal ended from one that ended itself', async () => {
      const id = await queue.submit('dsegv', 'kill -SEGV $$')

      expect(await queue.finalLater(id)).toMatchObject({ reason: 'failed', exitCode: 128 + 11 })
    })

    it.concurrent('says nothing of a job that still waits, and that it was cancelled when it never ran', async () => {
      const id = await queue.submit('dheld', 'true', { extraDirectives: ['--hold'] })
      await queue.until(id, (job) => job?.state === 'held')

      expect(await queue.final(id)).toBeUndefined()
      await queue.cancel(id, 'dheld')
      expect(await queue.finalLater(id)).toMatchObject({ name: 'dheld', reason: 'cancelled' })
    })

    it.concurrent('knows the end of a job after the queue forgot it, also among ids that nobody knows', async () => {
      const id = await queue.submit('dpurged', 'exit 3')
      await queue.finalLater(id)
      const command = slurm.finalStateCommand(['999999', id])
      const output = await node.open().run(command ?? slurm.statusCommand())

      const finals = slurm.readFinalStates?.(output)

      expect([...(finals ?? [])].map(([each, { exitCode }]) => [each, exitCode])).toEqual([[id, 3]])
    })

    outageContract(slurm, () => ({
      queue,
      stopController: async () => bed.freezeController(),
      startController: async () => bed.thawController(),
    }))
  },
)

/** A job whose time is over. Slurm counts in minutes and looks twice a minute; its administrator may end the time at once. */
async function startOverrun(bed: SlurmBed, queue: LiveQueue): Promise<NativeId> {
  const id = await queue.submit('dslow', 'sleep 100')
  await queue.until(id, (job) => job?.state === 'running')
  const update = ['update', `JobId=${id}`, 'EndTime=now']
  execFileSync('scontrol', update, { env: { ...process.env, ...bed.environment } })
  return id
}
