import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { slurm } from '../../../src/adapters/schedulers/slurm.ts'
import type { ProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { sshTransport } from '../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import { fillSite } from '../../../src/app/engine/fill-site.ts'
import { startStage } from '../../../src/app/engine/start-engine.ts'
import { reconcile } from '../../../src/app/engine/reconcile.ts'
import { planScreen } from '../../../src/app/plan/plan-screen.ts'
import { countedConnection } from '../../../src/app/traffic/counted-connection.ts'
import { trafficLedger, type TrafficLedger } from '../../../src/app/traffic/traffic-ledger.ts'
import { seededRandom } from '../../../src/base/seeded-random.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import type { Site } from '../../../src/ports/site.ts'
import type { Store } from '../../../src/ports/store.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import type { PlannedCalculation } from '../../../src/workflow/planned-calculation.ts'
import { loginServer } from '../../adapters/transports/ssh/test-server.ts'
import { smallScreen } from '../../integration/small-screen-text.ts'
import { fastSlurm, type FastSlurm } from './fast-slurm.ts'
import { fastTime, type FastTime } from './fast-time.ts'

/** An engine that drives a site in fast time: real store, real scripts in a real shell, over SSH when asked; only the batch system and the hours are not real. */
export interface PoliteBed {
  readonly parts: EngineParts
  readonly batch: FastSlurm
  readonly ledger: TrafficLedger
  readonly lines: readonly string[]
  /** Lets so many hours pass. */
  pass(hours: number): Promise<void>
  countOf(state: string): Promise<number>
  close(): Promise<void>
}

export interface BedOptions {
  /** Empty, and removed by the caller. */
  readonly folder: string
  /** Opened and closed by the caller. */
  readonly storage: ProjectStorage
  /** Of the screen and of the site, one for each bed of a store. */
  readonly name: string
  readonly calculations: number
  readonly atOnce: number
  /** Shortest and longest job. */
  readonly jobHours: readonly [number, number]
  readonly site?: Partial<Site>
  readonly budgetCoreHours?: number
  readonly isOverSsh?: boolean
}

const startMs = Date.parse('2026-11-23T08:00:00.000Z')

export async function politeBed(options: BedOptions): Promise<PoliteBed> {
  loadSymmetryEngine()
  const { folder, name, storage } = options
  const random = seededRandom('polite')
  const [least, most] = options.jobHours
  const secondsOf = (): number => 3600 * (least + (most - least) * random())
  const batch = fastSlurm(folder, { atOnce: options.atOnce, secondsOf })
  const time = fastTime(startMs, { submit: 1 })
  const ledger = trafficLedger(time.clock)
  const path = process.env['PATH'] ?? ''
  process.env['PATH'] = `${batch.bin}:${path}`
  const { transport, stop } = await transportOf(folder, options.isOverSsh === true, () => ledger.count(name, { connections: 1 }))
  const lines: string[] = []
  const site: Site = { ...clusterAt(name, join(folder, 'work')), ...options.site }
  const count = (counts: Parameters<TrafficLedger['count']>[1]): void => ledger.count(name, counts)
  const parts: EngineParts = {
    projectId: 'polite',
    tenures: storage.tenures,
    store: inFastTime(storage.store, time.clock),
    queue: time.queue,
    clock: time.clock,
    templates: handlebarsTemplates({ folders: [resolve('templates')] }),
    sites: new Map([[name, countedConnection({ site, transport, scheduler: slurm }, count)]]),
    say: (line) => lines.push(line),
  }
  await addScreen(parts, options)
  await startBed(parts, time)
  return {
    parts,
    batch,
    ledger,
    lines,
    pass: (hours) => time.runUntil(time.clock.now().getTime() + hours * 3_600_000, (nowMs) => batch.advance(nowMs)),
    countOf: async (state) => (await parts.store.summaries({ screenName: name })).filter((each) => each.state === state).length,
    async close() {
      process.env['PATH'] = path
      await transport.close()
      stop()
    },
  }
}

/** Submitting, polling and reconciling are real; results are taken as read, for this is about the way to the site. */
async function startBed(parts: EngineParts, { queue }: FastTime): Promise<void> {
  await reconcile(parts, { isStart: true })
  for (const stage of ['submit', 'poll', 'reconcile'] as const) await startStage(parts, stage)
  await queue.consume('collect', async ({ subject }) => {
    const ended = await parts.store.calculation(subject)
    if (ended?.state !== 'ended') return
    const why = { actor: 'collect', reason: 'taken as read' }
    await parts.store.transition(await parts.store.transition(ended, 'collected', why), 'done', why)
    await fillSite(parts, ended.site)
  })
}

async function addScreen(parts: EngineParts, { name, folder, calculations, budgetCoreHours }: BedOptions): Promise<void> {
  const file = join(folder, 'screen.yaml')
  writeFileSync(file, smallScreen)
  const { plan } = await planScreen(file)
  const relax = plan.calculations[0]
  if (relax === undefined) throw new Error('the small screen is empty')
  const plans = Array.from({ length: calculations }, (_, i): PlannedCalculation => {
    const id = `${name}/c${i}/relax`
    return { ...relax, id, candidateId: `c${i}`, folder: id }
  })
  const createdAt = parts.clock.now().toISOString()
  await parts.store.saveScreen({ name, source: file, text: smallScreen, candidates: [], createdAt, budgetCoreHours: budgetCoreHours ?? null })
  await parts.store.addCalculations(name, name, plans)
}

async function transportOf(
  folder: string,
  isOverSsh: boolean,
  onConnected: () => void,
): Promise<{ transport: Transport; stop: () => void }> {
  if (!isOverSsh) return { transport: localTransport(), stop: () => undefined }
  const server = await loginServer(folder, { decide: (context) => context.accept() })
  return { transport: sshTransport({ host: 'site', configFile: server.configFile, onConnected }), stop: () => server.close() }
}

function clusterAt(name: string, workFolder: string): Site {
  return {
    name,
    transport: { kind: 'ssh', host: 'site', via: 'ssh2', channels: 8 },
    scheduler: 'slurm',
    workFolder,
    resources: { nodes: 1, ranksPerNode: 16, walltimeSeconds: 6 * 3600 },
    maxJobs: 100_000,
    pollSeconds: 120,
    fastestPollSeconds: 30,
    graceSeconds: 300,
    vasp: { program: 'vasp_std', args: [], version: 'rehearsal' },
    prologue: [],
    environment: {},
    method: 'rehearsal',
  }
}

/** The database stamps rows with the time of the machine; here they bear the time of the bed. */
function inFastTime(store: Store, clock: Clock): Store {
  const moved = new Map<string, string>()
  const stamped = <T extends { readonly id: string; readonly updatedAt: string }>(one: T): T => ({
    ...one,
    updatedAt: moved.get(one.id) ?? one.updatedAt,
  })
  return {
    ...store,
    calculations: async (filter) => (await store.calculations(filter)).map(stamped),
    summaries: async (filter) => (await store.summaries(filter)).map(stamped),
    transition: async (calculation, ...rest) => {
      moved.set(calculation.id, clock.now().toISOString())
      return stamped(await store.transition(calculation, ...rest))
    },
  }
}
