import { hostname } from 'node:os'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shellQuote } from '../../../src/base/shell-quote.ts'
import { sge } from '../../../src/adapters/schedulers/sge.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { liveSchedulerContract, outageContract } from '../../contracts/live-scheduler-contract.ts'
import { jobFolder as realJobFolder } from '../../app/dispatch/job-fixture.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { liveQueue, type LiveQueue } from '../beds/live-queue.ts'
import { startLoginNode, type LoginNode } from '../beds/login-node.ts'
import { startSge, whyNoSge, type SgeBed } from './sge-bed.ts'

const reason = await whyNoSge()

describe.skipIf(reason !== undefined)(
  `a real Grid Engine behind a real jump host${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let bed: SgeBed
    let node: LoginNode
    let queue: LiveQueue
    let transport: Transport
    beforeAll(async () => {
      bed = await startSge()
      node = await startLoginNode(temporaryFolder(), bed.environment)
      transport = node.open()
      queue = liveQueue(sge, transport, node.emptyFolder)
    })
    afterAll(async () => {
      await node?.stop()
      await bed?.stop()
    })

    liveSchedulerContract(sge, () => ({ queue }))

    it.concurrent('shows a job that could not be started, with the reason and that waiting does not help', async () => {
      const folder = await queue.jobFolder('dstuck', 'true', { extraDirectives: ['-v A=1'] })
      execFileSync('sed', ['-i', 's|-o job.out|-o /nosuch/job.out|', join(folder, 'job.sh')])
      const id = (await queue.attempt(folder))()

      const job = await queue.until(id, (status) => status?.native === 'Eqw')

      expect(job).toMatchObject({ name: 'dstuck', state: 'held', reason: 'Eqw' })
      expect(sge.neverRunsReason?.(job ?? { name: '', state: 'unknown' })).toMatch(/qmod -cj/)
      expect(await queue.cancel(id, 'dstuck')).toContain(`cancelling ${id}\n`)
      await queue.until(id, (status) => status === undefined)
    })

    it.concurrent('tells a job that ran out of its time', async () => {
      const id = await queue.submit('dslow', 'sleep 60', { walltimeSeconds: 2 })

      expect(await queue.finalLater(id)).toMatchObject({ name: 'dslow', reason: 'walltime' })
    })

    it.concurrent('tells a job how long it may run', async () => {
      const folder = await realJobFolder({ vasp: 'true', walltimeSeconds: 900 })

      const id = await queue.submit('dends', `sh ${shellQuote(join(folder, 'job.sh'))}`, { walltimeSeconds: 600 })
      await queue.until(id, (job) => job === undefined)

      const [, left] = /^ends=sge:(\d+)$/m.exec(readFileSync(join(folder, 'dopant-start'), 'utf8')) ?? []
      expect(Number(left)).toBeGreaterThan(500)
      expect(Number(left)).toBeLessThanOrEqual(600)
    })

    it.concurrent('lets a job that is deleted write its end first', async () => {
      const folder = await queue.jobFolder('dlast', 'trap "echo ended >last; exit 1" USR2\nsleep 60 & wait')
      const id = (await queue.attempt(folder))()
      await queue.until(id, (job) => job?.state === 'running')
      await queue.cancel(id, 'dlast')
      await queue.until(id, (job) => job === undefined)

      expect((await transport.run({ program: 'cat', args: ['last'], folder })).stdout).toBe('ended\n')
    })

    it.concurrent('tells held, waiting and suspended jobs, and arrays that someone submitted by hand', async () => {
      const qsub = async (...args: string[]): Promise<string> => {
        const all = ['-terse', '-b', 'y', '-o', '/dev/null', '-e', '/dev/null', ...args, 'sleep', '30']
        return (await transport.run({ program: 'qsub', args: all })).stdout.trim().split('.')[0] ?? ''
      }
      const held = await qsub('-N', 'dheld', '-h')
      const suspended = await qsub('-N', 'dpaused')
      const sweep = await qsub('-N', 'sweep', '-t', '1-12')
      const waiting = await qsub('-N', 'a-name-longer-than-the-table', '-hold_jid', suspended)
      await queue.until(suspended, (job) => job?.state === 'running')
      await transport.run({ program: 'qmod', args: ['-sj', suspended] })

      await queue.until(suspended, (job) => job?.state === 'suspended')
      const states = await queue.states()

      expect(states.get(held)).toMatchObject({ name: 'dheld', state: 'held', native: 'hqw' })
      expect(states.get(waiting)).toMatchObject({ name: 'a-name-longer-than-the-table', state: 'held' })
      expect([...states.keys()].filter((id) => id.startsWith(`${sweep}.`)).length).toBeGreaterThan(2)
      await transport.run({ program: 'qdel', args: [held, suspended, sweep, waiting] })
    })

    it.concurrent('refuses more than one slot where no parallel environment is named, and runs them where one is', async () => {
      expect(() => sge.directives('dmany', { nodes: 1, ranksPerNode: 2, walltimeSeconds: 60 })).toThrow(
        /parallel environment/,
      )
      const more = { ranksPerNode: 2, parallelEnvironment: 'mpi' }
      const folder = await queue.jobFolder('dpair', 'echo "$NSLOTS"', more)
      await queue.finalLater((await queue.attempt(folder))())

      expect((await transport.run({ program: 'cat', args: ['job.out'], folder })).stdout).toBe('2\n')
    })

    it.concurrent('keeps a job off the hosts that it is to avoid', async () => {
      const elsewhere = await queue.submit('delse', 'true', { avoidNodes: ['cn-99', 'cn07.example.org'] })
      const here = await queue.submit('dhere', 'true', { avoidNodes: [hostname()] })
      await queue.finalLater(elsewhere)

      expect((await queue.states()).get(here)?.state).toBe('queued')
      await queue.cancel(here, 'dhere')
    })

    // Last, because the execution daemon takes half a minute to find a controller that was away.
    outageContract(sge, () => ({
      queue,
      stopController: bed.stopController,
      startController: bed.startController,
    }))
  },
)
