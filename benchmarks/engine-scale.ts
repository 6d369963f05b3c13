/**
 * What the engine itself costs: plans and stores screens, then drives them through a simulated site whose clock runs fast.
 * Prints one line for each measurement; the load of the machine is beside it.
 *
 *     npx tsx benchmarks/engine-scale.ts [embedded|servers] [driven] [in the store besides]     10000 and 0 by default
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openProjectStorage, type ProjectStorage } from '../src/adapters/stores/open-storage.ts'
import { handlebarsTemplates } from '../src/adapters/templates/handlebars-templates.ts'
import type { EngineParts } from '../src/app/engine/engine-parts.ts'
import { startEngine } from '../src/app/engine/start-engine.ts'
import { seededRandom } from '../src/base/seeded-random.ts'
import { loadSymmetryEngine } from '../src/compose.ts'
import type { PlannedCalculation } from '../src/workflow/planned-calculation.ts'
import { postgresPrograms, redisProgram, startPostgres, startRedis } from '../test/contracts/servers.ts'
import { childrenCpuMs } from './scale/children-cpu.ts'
import { fastClock } from './scale/fast-clock.ts'
import { sampleOf, screenful, type Sample } from './scale/sample-screen.ts'
import { simulatedSite } from './scale/simulated-site.ts'

const kind = process.argv[2] ?? 'embedded'
const driven = Number(process.argv[3] ?? 10_000)
const besides = Number(process.argv[4] ?? 0)
const factor = Number(process.argv[5] ?? 20)
const perScreen = 10_000
const [places, meanJobSeconds] = [1_000, 180]
const folder = mkdtempSync(join(tmpdir(), 'dopant-scale-'))
loadSymmetryEngine()

interface Backend {
  readonly env: Readonly<Record<string, string>>
  databaseBytes(): number
  stop(): Promise<void>
}

async function backendOf(): Promise<Backend> {
  if (kind === 'embedded') return { env: {}, databaseBytes: () => bytesIn(join(folder, '.dopant', 'db')), stop: async () => undefined }
  const [programs, program] = [postgresPrograms(), redisProgram()]
  if (programs === undefined || program === undefined) throw new Error('PostgreSQL and Redis are needed')
  const [postgres, redis] = await Promise.all([startPostgres(programs), startRedis(program)])
  const databaseBytes = (): number =>
    Number(execFileSync(join(programs, 'psql'), [postgres.url, '-Atc', 'SELECT pg_database_size(current_database())'], { encoding: 'utf8' }))
  const stop = async (): Promise<void> => void (await Promise.all([postgres.stop(), redis.stop()]))
  return { env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url }, databaseBytes, stop }
}

function bytesIn(path: string): number {
  return 1024 * Number(execFileSync('du', ['-sk', path], { encoding: 'utf8' }).split('\t')[0])
}

async function measured<T>(what: string, count: number, work: () => Promise<T>): Promise<T> {
  let peak = 0
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200)
  const [cpu, servers, started] = [process.cpuUsage(), childrenCpuMs(), performance.now()]
  const value = await work()
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - started) / 1000
  const serversMs = (childrenCpuMs() - servers) / Math.max(1, count)
  const eachMs = (user + system) / 1000 / Math.max(1, count)
  clearInterval(look)
  const rate = count / seconds
  const cost = `${eachMs.toFixed(2)} ms CPU each${serversMs < 0.01 ? '' : ` and ${serversMs.toFixed(2)} ms in the servers`}`
  console.log(
    `${what}: ${count} in ${seconds.toFixed(1)} s, ${rate.toFixed(0)}/s (${Math.round(rate * 3600)}/h), ${cost}, resident ${megabytes(process.memoryUsage.rss())} MB, peak ${megabytes(peak)} MB, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  )
  return value
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0)

/** In screens of ten thousand. */
async function store(storage: ProjectStorage, name: string, site: string, count: number, sample: Sample, waitsFor?: string): Promise<void> {
  for (let start = 0, i = 0; start < count; start += perScreen, i += 1) {
    const screenName = `${name}${i === 0 ? '' : i}`
    const some = Math.min(perScreen, count - start)
    const added = screenful(screenName, Math.ceil(some / sample.plans.length), sample, waitsFor).slice(0, some)
    await grow(storage, screenName, site, added)
  }
}

async function grow({ store: to }: ProjectStorage, name: string, site: string, added: readonly PlannedCalculation[]): Promise<void> {
  const screen = { name, source: 'benchmark', text: name, candidates: [], createdAt: new Date().toISOString() }
  const calculationIds = added.map(({ id }) => id)
  await to.growScreen({ screen, site, sites: [], priority: 0, added, replaced: [], obsolete: [], revived: [], calculationIds })
}

async function drive(storage: ProjectStorage, sample: Sample): Promise<void> {
  const { clock, quick } = fastClock(factor)
  const random = seededRandom('scale')
  const site = simulatedSite('cluster', { clock, leavings: sample.leavings, jobSeconds: () => meanJobSeconds * (0.5 + random()), maxJobs: places })
  const parts: EngineParts = {
    projectId: 'scale',
    tenures: storage.tenures,
    store: storage.store,
    queue: quick(storage.queue),
    clock,
    templates: handlebarsTemplates({ folders: [resolve('templates')] }),
    sites: new Map([['cluster', site.connection]]),
    say: (line) => console.log(`  ${line}`),
  }
  const engine = await startEngine(parts)
  const open = { site: 'cluster', states: ['planned', 'ready', 'staged', 'submitting', 'submit-unknown', 'queued', 'running', 'ended', 'collected'] } as const
  while ((await storage.store.count(open)) > 0) {
    await wait(500)

  }
  await engine.stop()
  const counts = await Promise.all((['done', 'failed', 'blocked'] as const).map((state) => storage.store.count({ site: 'cluster', states: [state] })))
  console.log(`  done ${counts[0]}, failed ${counts[1]}, blocked ${counts[2]}; ${site.submitted()} jobs, ${site.commands()} commands to the site`)
}

console.log(`the simulated site could run ${Math.round((places / meanJobSeconds) * factor * 3600)} jobs an hour of the machine's time`)
const backend = await backendOf()
try {
  const sample = await sampleOf()
  const storage = await measured('creating the store', 1, () => openProjectStorage({ folder: join(folder, '.dopant'), env: backend.env }))
  try {
    await grow(storage, 'held', 'elsewhere', screenful('held', 1, sample).slice(0, 1))
    const [held] = await storage.store.summaries({ screenName: 'held' })
    if (held === undefined) throw new Error('nothing was stored')
    await storage.store.transition(held, 'paused', { actor: 'benchmark', reason: 'what the others wait for' })
    if (besides > 0) await measured('storing besides', besides, () => store(storage, 'besides', 'elsewhere', besides, sample, held.id))
    await measured('storing', driven, () => store(storage, 'driven', 'cluster', driven, sample))
    console.log(`  database ${megabytes(backend.databaseBytes())} MB`)
    const before = await storage.store.lastSequence()
    await measured(`driving, ${besides} besides`, driven, () => drive(storage, sample))
    console.log(`  ${(await storage.store.lastSequence()) - before} state changes, database ${megabytes(backend.databaseBytes())} MB`)
  } finally {
    await storage.close()
  }
} finally {
  await backend.stop()
  rmSync(folder, { recursive: true, force: true })
}
