import { setTimeout as wait } from 'node:timers/promises'
import { submitOnceScript } from '../../../src/app/dispatch/submit-once-script.ts'
import type { Resources } from '../../../src/ports/resources.ts'
import type { FinalState, JobStatus, NativeId, Scheduler } from '../../../src/ports/scheduler.ts'
import type { Transport } from '../../../src/ports/transport.ts'

export const small: Resources = { nodes: 1, ranksPerNode: 1, memoryMibPerNode: 50, walltimeSeconds: 60 }

/** What is done with a batch system that is really there, through its dialect and a transport. */
export interface LiveQueue {
  /** A folder with a blank in its name that holds `job.sh`. @param script shell lines behind the directives */
  jobFolder(name: string, script: string, more?: Partial<Resources>): Promise<string>
  /** Submits what is in a folder; the reading of the answer is left to the caller. */
  attempt(folder: string): Promise<() => NativeId>
  submit(name: string, script: string, more?: Partial<Resources>): Promise<NativeId>
  readStates(): Promise<() => ReadonlyMap<NativeId, JobStatus>>
  states(): Promise<ReadonlyMap<NativeId, JobStatus>>
  /** Waits until a job is so. @throws Error after 45 s */
  until(id: NativeId, holds: (job: JobStatus | undefined) => boolean): Promise<JobStatus | undefined>
  /** What accounting says of a job now. */
  final(id: NativeId): Promise<FinalState | undefined>
  /** What accounting says of a job that has ended; accounting may lag. */
  finalLater(id: NativeId): Promise<FinalState | undefined>
  cancel(id: NativeId, name: string): Promise<string>
}

export function liveQueue(scheduler: Scheduler, transport: Transport, emptyFolder: () => string): LiveQueue {
  const queue: LiveQueue = {
    async jobFolder(name, script, more = {}) {
      const folder = `${emptyFolder()}/my jobs`
      const head = scheduler.directives(name, { ...small, ...more }).join('\n')
      await transport.upload([{ path: 'job.sh', content: `#!/bin/sh\n${head}\n${script}\n` }], folder)
      return folder
    },
    async attempt(folder) {
      const { program, args } = scheduler.submitCommand(`${folder}/job.sh`)
      const submitOnce = ['-c', submitOnceScript, 'dopant-submit', folder, program, ...args]
      const output = await transport.run({ program: 'sh', args: submitOnce })
      return () => scheduler.readNativeId(output)
    },
    async submit(name, script, more) {
      return (await queue.attempt(await queue.jobFolder(name, script, more)))()
    },
    async readStates() {
      const output = await transport.run(scheduler.statusCommand())
      return () => scheduler.readStates(output)
    },
    states: async () => (await queue.readStates())(),
    until: (id, holds) =>
      repeatedly(`job ${id}`, async () => {
        const job = (await queue.states()).get(id)
        return { value: job, isEnough: holds(job) }
      }),
    async final(id) {
      const output = await transport.run(scheduler.finalStateCommand([id]) ?? scheduler.statusCommand())
      return scheduler.readFinalStates?.(output).get(id)
    },
    finalLater: (id) =>
      repeatedly(`the end of job ${id}`, async () => {
        const value = await queue.final(id)
        return { value, isEnough: value !== undefined }
      }),
    cancel: async (id, name) => (await transport.run(scheduler.cancelCommand([{ id, name }]))).stdout,
  }
  return queue
}

async function repeatedly<T>(what: string, look: () => Promise<{ value: T; isEnough: boolean }>): Promise<T> {
  for (let tries = 0; tries < 225; tries += 1) {
    const { value, isEnough } = await look()
    if (isEnough) return value
    await wait(200)
  }
  throw new Error(`${what} did not get there in 45 s`)
}
