import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import { collect } from '../../../src/app/engine/collect.ts'
import { emptyPollMemory, poll } from '../../../src/app/engine/poll.ts'
import { reconcile } from '../../../src/app/engine/reconcile.ts'
import { startStage } from '../../../src/app/engine/start-engine.ts'
import { SchedulerUnwellError } from '../../../src/ports/scheduler-errors.ts'
import { SiteOwnedElsewhereError, WorkFolderGoneError } from '../../../src/ports/site-ownership-errors.ts'
import type { Queue, Task, TaskType } from '../../../src/ports/queue.ts'
import { RemoteWriteError, SiteSilentError, SiteUnreachableError } from '../../../src/ports/transport-errors.ts'
import {
  AuthenticationError,
  HostKeyChangedError,
  HostKeyRevokedError,
  HostKeyUnknownError,
  LoginWaitsError,
  SshConfigError,
  SshNegotiationError,
} from '../../../src/ports/transport-login-errors.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import type { CalculationState } from '../../../src/workflow/calculation-state.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { openEngine, relaxations, type EngineBed } from './engine-bed.ts'

const key = { host: 'login.example.org', type: 'ssh-ed25519', fingerprint: 'SHA256:abc' }
const owner = { id: 'me', host: 'here', isAlone: true }
const troubles: readonly Error[] = [
  new AuthenticationError('me@cluster', 'none of the keys and answers was accepted'),
  new HostKeyUnknownError(key),
  new HostKeyChangedError(key, 'and not the one in known_hosts'),
  new HostKeyRevokedError(key),
  new SshConfigError('line 3: Bad configuration option'),
  new SshNegotiationError('cluster', 'no matching key exchange'),
  new SiteUnreachableError('cluster', 'the name in login.example.org:22 is not known to the name service (DNS)'),
  new SiteUnreachableError('cluster', 'login.example.org:22 refuses the connection'),
  new LoginWaitsError('cluster'),
  new SiteSilentError('cluster', 'a command has said nothing for 600 s and was given up'),
  new RemoteWriteError('cluster', '/scratch/me/INCAR', 'Disk quota exceeded'),
  new WorkFolderGoneError('cluster', '/scratch/me', 'mkdir: cannot create directory'),
  new SiteOwnedElsewhereError('cluster', 'other.1.laptop.2026-11-22T19:00:00Z', owner),
  new SchedulerUnwellError('slurm', 'Unable to contact slurm controller (connect failure)'),
]

/** States with work in which the site is asked for something. */
const held: readonly CalculationState[] = ['ready', 'staged', 'submit-unknown', 'queued', 'running', 'ended']

describe('trouble of a site', () => {
  let bed: EngineBed
  let trouble: Error | undefined
  const real = localTransport()
  const fail = async (): Promise<never> => {
    throw trouble ?? new Error('nothing should have been asked')
  }
  const transport: Transport = { ...real, run: fail, upload: fail, download: fail }
  beforeAll(async () => {
    const folder = temporaryFolder()
    bed = await openEngine({ stateFolder: join(folder, 'project'), workFolder: join(folder, 'work'), home: join(folder, 'home'), transport, queue: impatientQueue() })
    const { store } = bed.parts
    await store.addCalculations('small', 'cluster', await relaxations(held.length))
    for (const [i, { id }] of (await store.summaries()).entries()) await bring(store, id, held[i] ?? 'ready')
  }, 120_000)
  afterAll(() => bed.close())

  it.each(troubles.map((error) => [error.message, error] as const))('moves no calculation: %s', async (_, error) => {
    trouble = error

    await everything(bed.parts)

    expect(await bed.states()).toEqual(held)
  })

  it('is said once with its remedy, however many tasks meet it', () => {
    for (const error of troubles as readonly (Error & { readonly remedy: string })[]) {
      const lines = bed.said.filter((line) => line.includes(error.message))
      expect(lines.length, error.message).toBeLessThanOrEqual(1)
    }
    const codes = new Set(troubles.map((error) => (error as Error & { code: string }).code))
    expect(bed.said.length).toBe(codes.size)
    expect(bed.said.every((line) => line.startsWith('cluster: '))).toBe(true)
  })
})

async function bring(store: EngineParts['store'], id: string, to: CalculationState): Promise<void> {
  const path: readonly CalculationState[] = ['ready', 'staged', 'submitting', ...(to === 'submit-unknown' ? [to] : ['queued', 'running', 'ended'] as const)]
  for (const state of path.slice(0, path.indexOf(to) + 1)) {
    const now = await store.calculation(id)
    if (now === undefined) throw new Error(id)
    const change = state === 'staged' ? { attempt: 1, token: `d${id}`, remoteFolder: `/work/${id}/attempt-1` } : {}
    await store.transition(now, state, { actor: 'test', reason: 'brought here' }, change)
  }
}

/** Every task of an engine, each given up after its first failure, and a start of the engine. */
async function everything(parts: EngineParts): Promise<void> {
  const { queue } = parts
  const stages = [await startStage(parts, 'submit'), await startStage(parts, 'collect')]
  await poll(parts, 'cluster', emptyPollMemory()).catch(() => undefined)
  await reconcile(parts, { isStart: true })
  for (const { id } of await parts.store.summaries()) {
    await queue.add({ type: 'submit', subject: id })
    await queue.add({ type: 'collect', subject: id })
  }
  await collect(parts, 'run-5').catch(() => undefined)
  await Promise.all(stages.map((stage) => stage.stop()))
}

/** Hands a task to its consumer at once, and tells of a failure as of the last one. Later tasks are left for later. */
function impatientQueue(): Queue {
  const consumers = new Map<TaskType, (task: Task) => Promise<void>>()
  const add: Queue['add'] = async (task, { delaySeconds = 0 } = {}) => {
    if (delaySeconds === 0) await consumers.get(task.type)?.(task)
  }
  return {
    add,
    addMany: async (tasks, options) => {
      for (const task of tasks) await add(task, options)
    },
    consume: async (type, handle, { onGivenUp } = {}) => {
      consumers.set(type, (task) => handle(task).catch((error: Error) => onGivenUp?.(task, error)))
      return { close: async () => undefined }
    },
    clear: async () => undefined,
    close: async () => undefined,
  }
}
