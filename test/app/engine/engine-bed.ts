import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { openProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import { emptyPollMemory, poll } from '../../../src/app/engine/poll.ts'
import { submit } from '../../../src/app/engine/submit.ts'
import { planScreen } from '../../../src/app/plan/plan-screen.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import type { Queue } from '../../../src/ports/queue.ts'
import type { Scheduler } from '../../../src/ports/scheduler.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import type { PlannedCalculation } from '../../../src/workflow/planned-calculation.ts'
import { smallScreen } from '../../integration/small-screen-text.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { withDatabase } from '../../with-database.ts'

export interface EngineBed {
  readonly parts: EngineParts
  /** What was said to people. */
  readonly said: readonly string[]
  states(): Promise<readonly string[]>
  /** Submits what is ready. Returns what the tasks failed with. */
  submitAll(): Promise<readonly unknown[]>
  pollUntil(states: readonly string[]): Promise<void>
  close(): Promise<void>
}

export interface EngineBedOptions {
  readonly stateFolder: string
  readonly workFolder: string
  /** Of the user, for the name of this installation. */
  readonly home: string
  readonly transport?: Transport
  readonly scheduler?: Scheduler
  readonly clock?: Clock
  /** By default one that forgets everything, because the test calls the use cases itself. */
  readonly queue?: Queue
  /** Words of `sh` in the place of VASP. */
  readonly program?: readonly string[]
  /** In the place of the store's own name. */
  readonly projectId?: string
}

/** A real store and the use cases of the engine, without its loops; VASP is a shell line that counts its executions. */
export async function openEngine(options: EngineBedOptions): Promise<EngineBed> {
  if (!existsSync(options.stateFolder)) withDatabase(options.stateFolder)
  const storage = await openProjectStorage({ folder: options.stateFolder, env: { XDG_STATE_HOME: options.home } })
  const said: string[] = []
  const parts: EngineParts = {
    projectId: options.projectId ?? storage.identity,
    tenures: storage.tenures,
    store: storage.store,
    queue: options.queue ?? forgetful,
    clock: options.clock ?? systemClock,
    templates: handlebarsTemplates({ folders: [resolve('templates')] }),
    sites: new Map([
      ['cluster', { site: siteIn(options), transport: options.transport ?? localTransport(), scheduler: options.scheduler ?? direct }],
    ]),
    say: (line) => void said.push(line),
  }
  const states = async (): Promise<readonly string[]> => (await storage.store.summaries()).map(({ state }) => state)
  return {
    parts,
    said,
    states,
    async submitAll() {
      const ids = (await storage.store.summaries({ states: ['ready', 'staged'] })).map(({ id }) => id)
      const outcomes = []
      for (const id of ids) outcomes.push(await submit(parts, id).then(() => undefined, (error: unknown) => error))
      return outcomes.filter((each) => each !== undefined)
    },
    async pollUntil(wanted) {
      const memory = emptyPollMemory()
      for (let round = 0; round < 100; round++) {
        await poll(parts, 'cluster', memory)
        if ((await states()).join() === wanted.join()) return
        await wait(100)
      }
      throw new Error(`it came to ${(await states()).join()}`)
    },
    close: () => storage.close(),
  }
}

const forgetful: Queue = {
  add: async () => undefined,
  addMany: async () => undefined,
  consume: async () => ({ close: async () => undefined }),
  clear: async () => undefined,
  close: async () => undefined,
}

function siteIn({ workFolder, program = ['-c', 'echo run >>executions'] }: EngineBedOptions) {
  return {
    name: 'cluster',
    transport: { kind: 'local' },
    scheduler: 'direct',
    workFolder,
    maxJobs: 100,
    pollSeconds: 1,
    graceSeconds: 0,
    vasp: { program: 'sh', args: program, version: '6.4.3' },
    prologue: [],
    environment: {},
    method: 'rehearsal',
  } as const
}

/** The relaxation of the small screen, under as many names as wanted. */
export async function relaxations(count: number): Promise<readonly PlannedCalculation[]> {
  loadSymmetryEngine()
  const file = join(temporaryFolder(), 'screen.yaml')
  writeFileSync(file, smallScreen)
  const [relax] = (await planScreen(file)).plan.calculations
  if (relax === undefined) throw new Error('the small screen is empty')
  return Array.from({ length: count }, (_, i) => ({ ...relax, id: `run-${i}`, folder: `small/run-${i}/relax` }))
}

export async function addReady({ parts: { store } }: EngineBed, plans: readonly PlannedCalculation[]): Promise<void> {
  await store.addCalculations('small', 'cluster', plans)
  for (const { id, revision } of await store.summaries({ states: ['planned'] })) {
    await store.transition({ id, revision }, 'ready', { actor: 'test', reason: 'start' })
  }
}
