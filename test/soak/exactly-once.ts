/**
 * Hundreds of submissions under fire: links that break before, during and after every command, shells killed on the site,
 * engines that vanish, and a second machine with an old store that tries the same. Counts on the compute side how often
 * each attempt was executed: exactly once, or never when it was revoked. Prints a ledger; exits with 1 otherwise.
 *
 *     npx tsx test/soak/exactly-once.ts [runs] [seed]        200 runs by default
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { slurm } from '../../src/adapters/schedulers/slurm.ts'
import { openProjectStorage } from '../../src/adapters/stores/open-storage.ts'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { handlebarsTemplates } from '../../src/adapters/templates/handlebars-templates.ts'
import { localTransport } from '../../src/adapters/transports/local-transport.ts'
import { systemClock } from '../../src/adapters/clock/system-clock.ts'
import type { EngineParts } from '../../src/app/engine/engine-parts.ts'
import { emptyPollMemory, poll } from '../../src/app/engine/poll.ts'
import { reconcile } from '../../src/app/engine/reconcile.ts'
import { submit } from '../../src/app/engine/submit.ts'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import { isKnownError } from '../../src/base/known-error.ts'
import { seededRandom } from '../../src/base/seeded-random.ts'
import type { Queue } from '../../src/ports/queue.ts'
import type { Site } from '../../src/ports/site.ts'
import type { Store } from '../../src/ports/store.ts'
import type { PlannedCalculation } from '../../src/workflow/planned-calculation.ts'
import { smallScreen } from '../integration/small-screen-text.ts'
import { attemptsBelow, isWrong, tally, type ExecutedAttempt } from './executions.ts'
import { memoryTenures } from './memory-tenures.ts'
import { fakeSlurm } from './fake-slurm.ts'
import { faultyTransport, type Fault } from './faulty-transport.ts'

const runs = Number(process.argv[2] ?? 200)
const seed = process.argv[3] ?? 'exactly-once'
const folder = mkdtempSync(join(tmpdir(), 'dopant-once-'))
const batch = fakeSlurm(folder)
process.env['PATH'] = `${batch.bin}:${process.env['PATH'] ?? ''}`
const faults: readonly Fault[] = ['none', 'none', 'lost before', 'reply lost', 'shell killed', 'client gone', 'upload cut']
// One for both machines: the claim alone has to keep them apart, as where links are shown late.
const tenures = memoryTenures()
const counted = new Map<Fault, number>()

async function campaign(store: Store, oldStore: Store): Promise<void> {
  const plans = await plansFor(runs)
  for (const each of [store, oldStore]) await each.addCalculations('small', 'cluster', plans)
  const machines = [store, oldStore].map((each) => ({ store: each }))
  const ids = plans.map((plan) => plan.id)
  for (let start = 0; start < ids.length; start += 10) {
    const some = ids.slice(start, start + 10)
    await Promise.all(some.map((id, i) => oneRun(machines, id, start + i)))
  }
  await settleAll(machines.map((each) => each.store))
  report(ids, await Promise.all([store, oldStore].map((each) => each.summaries())))
}

/** Every third run is also tried by a second machine that knows nothing of what the first one did. */
async function oneRun(machines: readonly { readonly store: Store }[], id: string, run: number): Promise<void> {
  const tried = run % 3 === 0 ? machines : machines.slice(0, 1)
  await Promise.all(tried.map(({ store }, machine) => fire(store, id, `${seed}-${run}-${machine}`)))
}

async function fire(store: Store, id: string, runSeed: string): Promise<void> {
  const random = seededRandom(runSeed)
  await makeReady(store, id)
  for (let round = 0; round < 6; round++) {
    const parts = engine(store, random, round < 4)
    await Promise.race([submit(parts, id).catch(ignoreBrokenLink), wait(1500)])
    await wait(random() * 100)
    const calculation = await store.calculation(id)
    if (calculation?.state === 'submitting') await abandonEngine(store, id)
    const { state } = (await store.calculation(id)) ?? { state: 'failed' }
    if (state !== 'ready' && state !== 'staged') return
  }
}

async function makeReady(store: Store, id: string): Promise<void> {
  const calculation = await store.calculation(id)
  if (calculation?.state === 'planned') await store.transition(calculation, 'ready', { actor: 'test', reason: 'start' })
}

/** A broken link is what this is about; anything else is a bug of ours. */
function ignoreBrokenLink(error: unknown): void {
  if (!isKnownError(error) || !error.retryable) throw error
}

/** What `reconcile` does at a start, for one calculation: nobody is submitting it any more. */
async function abandonEngine(store: Store, id: string): Promise<void> {
  const calculation = await store.calculation(id)
  if (calculation?.state !== 'submitting') return
  const why = { actor: 'reconcile', reason: 'the engine stopped' }
  // On a slow machine the engine that was given up may still be at work, and be quicker.
  await store.transition(calculation, 'submit-unknown', why).catch(ignoreBrokenLink)
}

function engine(store: Store, random: () => number, isUnderFire: boolean): EngineParts {
  const choose = (): Fault => {
    const fault = isUnderFire ? (faults[Math.floor(random() * faults.length)] ?? 'none') : 'none'
    counted.set(fault, (counted.get(fault) ?? 0) + 1)
    return fault
  }
  const transport = faultyTransport(localTransport(), choose, random)
  return {
    projectId: 'soak',
    tenures,
    store,
    queue: forgetful,
    clock: systemClock,
    templates: handlebarsTemplates({ folders: [resolve('templates')] }),
    sites: new Map([['cluster', { site, transport, scheduler: slurm }]]),
    say: () => undefined,
  }
}

/** The campaign calls the use cases itself, so nothing needs to be queued. */
const forgetful: Queue = {
  add: async () => undefined,
  addMany: async () => undefined,
  consume: async () => ({ close: async () => undefined }),
  clear: async () => undefined,
  close: async () => undefined,
}

const site: Site = {
  name: 'cluster',
  transport: { kind: 'local' },
  scheduler: 'slurm',
  workFolder: join(folder, 'work'),
  isProjectsOwn: true,
  maxJobs: 100_000,
  pollSeconds: 1,
  graceSeconds: 1,
  vasp: { program: 'sh', args: ['-c', 'echo run >>executions'], version: '6.4.3' },
  prologue: [],
  environment: {},
  method: 'rehearsal',
}

/** Polls on a healed link until every calculation that was tried has ended. */
async function settleAll(stores: readonly Store[]): Promise<void> {
  const memories = stores.map(() => emptyPollMemory())
  for (let round = 0; round < 200; round++) {
    let open = 0
    for (const [i, store] of stores.entries()) {
      const parts = engine(store, () => 0, false)
      if (round === 0) await reconcile(parts, { isStart: true })
      await poll(parts, 'cluster', memories[i] ?? emptyPollMemory())
      const waiting = await store.summaries({ states: ['ready', 'staged'] })
      for (const { id } of waiting) await submit(parts, id)
      open += (await store.summaries()).filter(({ state }) => state !== 'ended' && state !== 'planned').length
    }
    if (open === 0) return
    await wait(200)
  }
}

function report(ids: readonly string[], stores: readonly (readonly { readonly state: string }[])[]): void {
  const attempts = ids.flatMap((id) => attemptsOf(id))
  console.log(`seed ${seed}, ${ids.length} calculations, ${attempts.length} attempts`)
  console.log(`faults: ${[...counted].map(([fault, count]) => `${fault} ${count}`).join(', ')}`)
  console.log(`batch system accepted ${readdirSync(batch.state).filter((name) => name.startsWith('id-')).length} jobs`)
  console.log(`executions of an attempt: ${tally(attempts.map(({ executions }) => String(executions)))}`)
  console.log(`jobs that stepped aside: ${attempts.reduce((sum, { aside }) => sum + aside.length, 0)}, revoked attempts: ${attempts.filter(({ claim }) => claim === 'revoked').length}`)
  stores.forEach((records, i) => console.log(`machine ${i + 1}: ${tally(records.map(({ state }) => state))}`))
  const wrong = attempts.filter(isWrong)
  const perCalculation = ids.map((id) => attemptsOf(id).reduce((sum, { executions }) => sum + executions, 0))
  console.log(`attempts executed another number of times than they should: ${wrong.length}`)
  console.log(`calculations executed: ${tally(perCalculation.map(String))} (times each)`)
  process.exitCode = wrong.length === 0 && perCalculation.every((count) => count === 1) ? 0 : 1
  if (process.exitCode !== 0) writeFileSync(join(tmpdir(), 'dopant-once-wrong.json'), JSON.stringify(wrong))
}

/** Of one calculation, whose folder bears its name. */
function attemptsOf(id: string): readonly ExecutedAttempt[] {
  return attemptsBelow(join(site.workFolder, id))
}

async function plansFor(count: number): Promise<readonly PlannedCalculation[]> {
  const file = join(folder, 'screen.yaml')
  writeFileSync(file, smallScreen)
  const { plan } = await planScreen(file)
  const relax = plan.calculations[0]
  if (relax === undefined) throw new Error('the small screen is empty')
  return Array.from({ length: count }, (_, i) => ({ ...relax, id: `run-${i}`, folder: `run-${i}` }))
}

loadSymmetryEngine()
const [first, second] = await Promise.all(['first', 'second'].map((name) => openProjectStorage({ folder: join(folder, name), env: {} })))
if (first === undefined || second === undefined) throw new Error('no stores')
try {
  await campaign(first.store, second.store)
} finally {
  await Promise.all([first.close(), second.close()])
  rmSync(folder, { recursive: true, force: true })
}
