import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { reconcile } from '../../../src/app/engine/reconcile.ts'
import { startStage } from '../../../src/app/engine/start-engine.ts'
import { submit } from '../../../src/app/engine/submit.ts'
import type { CalculationState } from '../../../src/workflow/calculation-state.ts'
import { attemptsBelow } from '../../soak/executions.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { addReady, openEngine, relaxations, type EngineBed } from './engine-bed.ts'

describe('a submission whose process died in the middle', () => {
  const folder = temporaryFolder()
  let bed: EngineBed
  let aheadMs = 0
  const why = { actor: 'test', reason: 'as a process leaves it that was killed' }
  beforeAll(async () => {
    const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) }
    bed = await openEngine({ stateFolder: join(folder, 'project'), workFolder: join(folder, 'work'), home: join(folder, 'home'), clock })
    await addReady(bed, await relaxations(4))
    for (const { id } of await bed.parts.store.summaries()) {
      await submit(bed.parts, id)
      const queued = await bed.parts.store.calculation(id)
      for (const to of ['submit-unknown', 'staged', 'submitting'] as readonly CalculationState[]) {
        const now = await bed.parts.store.calculation(queued?.id ?? '')
        if (now !== undefined) await bed.parts.store.transition(now, to, why)
      }
    }
  })
  afterAll(() => bed.close())

  it('comes into doubt when its task comes again', async () => {
    await submit(bed.parts, 'run-0')

    expect(await bed.states()).toEqual(['submit-unknown', 'submitting', 'submitting', 'submitting'])
  })

  it('is left alone by others that rebuild their work a moment later, and comes into doubt after half an hour', async () => {
    await reconcile(bed.parts, { isStart: false })
    expect(await bed.states()).toEqual(['submit-unknown', 'submitting', 'submitting', 'submitting'])

    aheadMs += 31 * 60_000
    await reconcile(bed.parts, { isStart: false })
    expect(await bed.states()).toEqual(['submit-unknown', 'submit-unknown', 'submit-unknown', 'submit-unknown'])
  })

  it('comes into doubt when a worker that submits begins, and what had run is taken as it is: once', async () => {
    const one = await bed.parts.store.calculation('run-3')
    if (one !== undefined) await bed.parts.store.transition(one, 'staged', why).then((staged) => bed.parts.store.transition(staged, 'submitting', why))

    const stage = await startStage(bed.parts, 'submit')
    await stage.stop()

    expect((await bed.parts.store.calculation('run-3'))?.state).toBe('submit-unknown')
    await bed.pollUntil(['ended', 'ended', 'ended', 'ended'])
    expect(attemptsBelow(join(folder, 'work')).map(({ executions }) => executions)).toEqual([1, 1, 1, 1])
  })
})

describe('a job that the batch system accepted and then lost', () => {
  it('has its attempt closed before the next one may begin: should it come back, it steps aside', async () => {
    const folder = temporaryFolder()
    const scheduler = { ...direct, submitCommand: () => ({ program: 'echo', args: ['4711'] }), readNativeId: () => '4711', readStates: () => new Map() }
    const bed = await openEngine({ stateFolder: join(folder, 'project'), workFolder: join(folder, 'work'), home: join(folder, 'home'), scheduler })
    await addReady(bed, await relaxations(1))
    await bed.submitAll()

    await bed.pollUntil(['ended'])
    const { remoteFolder } = (await bed.parts.store.calculation('run-0')) ?? {}
    await localTransport().run({ program: 'sh', args: ['job.sh'], folder: remoteFolder ?? '' })

    await bed.close()
    expect(attemptsBelow(join(folder, 'work'))).toMatchObject([{ claim: 'revoked', executions: 0, aside: [expect.stringContaining('steps aside for revoked')] }])
  })
})
