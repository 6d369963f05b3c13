/**
 * What waiting costs: so many jobs stand in the queue of a simulated site for hours of a clock that runs fast; nothing else happens.
 * Looks at the site come as often as a real one is looked at by default.
 *
 *     npx tsx benchmarks/idle.ts [jobs] [hours] [clock factor]     1000, 6 and 120 by default
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openProjectStorage } from '../src/adapters/stores/open-storage.ts'
import { handlebarsTemplates } from '../src/adapters/templates/handlebars-templates.ts'
import { startEngine } from '../src/app/engine/start-engine.ts'
import { loadSymmetryEngine } from '../src/compose.ts'
import { fastClock } from './scale/fast-clock.ts'
import { sampleOf, screenful } from './scale/sample-screen.ts'
import { simulatedSite } from './scale/simulated-site.ts'

const jobs = Number(process.argv[2] ?? 1_000)
const hours = Number(process.argv[3] ?? 6)
const factor = Number(process.argv[4] ?? 120)
const folder = mkdtempSync(join(tmpdir(), 'dopant-idle-'))
loadSymmetryEngine()

const sample = await sampleOf()
const storage = await openProjectStorage({ folder: join(folder, '.dopant'), env: {} })
try {
  const { clock, quick } = fastClock(factor)
  // Nothing starts while it is measured.
  const site = simulatedSite('cluster', { clock, leavings: sample.leavings, jobSeconds: () => 3600, queueSeconds: 1000 * 3600, maxJobs: jobs })
  // Each stands for itself: the other steps would wait for it.
  const relaxations = screenful('idle', jobs, sample).filter(({ dependsOn }) => dependsOn.length === 0)
  await storage.store.addCalculations('idle', 'cluster', relaxations)
  const engine = await startEngine({
    projectId: 'idle',
    tenures: storage.tenures,
    store: storage.store,
    queue: quick(storage.queue),
    clock,
    templates: handlebarsTemplates({ folders: [resolve('templates')] }),
    sites: new Map([['cluster', site.connection]]),
    say: (line) => console.log(`  ${line}`),
  })
  while ((await storage.store.count({ states: ['queued'] })) < jobs) await wait(200)
  const settledMs = clock.now().getTime() + 3600_000
  while (clock.now().getTime() < settledMs) await wait(50)
  await measure(clock.now, site.commands)
  await engine.stop()
} finally {
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(now: () => Date, commands: () => number): Promise<void> {
  const [cpu, startMs, before] = [process.cpuUsage(), now().getTime(), commands()]
  const endMs = startMs + hours * 3600_000
  while (now().getTime() < endMs) await wait(50)
  const { user, system } = process.cpuUsage(cpu)
  const passed = (now().getTime() - startMs) / 3600_000
  const perHour = (value: number): string => (value / passed).toFixed(1)
  console.log(
    `${jobs} jobs on the site, ${passed.toFixed(1)} h: ${perHour(commands() - before)} commands and ${perHour((user + system) / 1e6)} s of processor an hour, ` +
      `resident ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  )
}
