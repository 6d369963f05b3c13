/**
 * Real `dopant` processes drive a site over real OpenSSH servers while seeded shots kill the client, its SSH session or the
 * submitting shell at points of the protocol, cut the line, or stop the controller in the middle of a submission. In between, a
 * project's store is replaced by an older copy, and a copy of the project on «another machine» tries too. Executions are counted on
 * the compute side: every attempt that was not closed runs once. Prints a ledger of points and shots; exits with 1 otherwise.
 *
 *     npx tsx test/soak/kill-everywhere.ts [projects] [seed] [slurm|fake|direct] [shots] [at once] [minutes]
 *
 * With DOPANT_SOAK_PROGRAM=/path/of/an/installed/bin/dopant.js the processes start sooner, so that more shots find their time.
 * By default 6 projects of 12 shots, two at once, on programs that speak Slurm: about six minutes on two cores.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../src/base/seeded-random.ts'
import { whyNoSlurm } from '../integration/slurm/slurm-bed.ts'
import { attemptsBelow, isWrong, tally, type ExecutedAttempt } from './executions.ts'
import { makeBed, startBatch, type Batch, type BatchKind } from './kill-bed.ts'
import { rounds } from './kill-rounds.ts'
import { faults } from './protocol-points.ts'

const [projects, seed, kind, shotsEach, atOnce, minutes] = [
  Number(process.argv[2] ?? 6),
  process.argv[3] ?? 'everywhere',
  (process.argv[4] ?? 'fake') as BatchKind,
  Number(process.argv[5] ?? 12),
  Number(process.argv[6] ?? 2),
  Number(process.argv[7] ?? 60),
]
const folder = mkdtempSync(join(tmpdir(), 'dke-'))
const startedMs = performance.now()
const events: string[] = []
const shots: string[] = []
const attempts: ExecutedAttempt[] = []
const troubles: string[] = []

async function project(batch: Batch, number: number): Promise<void> {
  const bed = await makeBed(batch, join(folder, String(number)))
  try {
    await rounds(bed, {
      shots: shotsEach,
      dopants: shotsEach < 10 ? 1 : 10,
      random: seededRandom(`${seed}-${number}`),
      endMs: startedMs + minutes * 60_000,
      note: (event) => void events.push(event),
    })
    await wait(3000) // duplicates that are still to start
  } catch (error) {
    troubles.push(`project ${number}: ${String(error)}`)
  } finally {
    shots.push(...bed.points.shots())
    attempts.push(...attemptsBelow(bed.workFolder))
    await bed.stop()
  }
  console.error(`${((performance.now() - startedMs) / 60_000).toFixed(1)} min: project ${number} is through, ${shots.length} shots`)
}

/** Each worker takes the next project until none is left. */
async function allProjects(batch: Batch): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < projects && performance.now() - startedMs < minutes * 60_000) await project(batch, (next += 1))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Points in rows, faults in columns. */
function pointTable(): string {
  const told = shots.map((shot) => shot.split(' ') as [string, string, string])
  const points = [...new Set(told.map(([, when, point]) => `${point} ${when}`))].toSorted()
  const count = (fault: string, point: string): number => told.filter(([what, when, at]) => what === fault && `${at} ${when}` === point).length
  const row = (point: string): string => [point.padEnd(30), ...faults.map((fault) => String(count(fault, point) || '·').padStart(11))].join('')
  const sums = faults.map((fault) => String(told.filter(([what]) => what === fault).length).padStart(11))
  return [['point'.padEnd(30), ...faults.map((fault) => fault.padStart(11))].join(''), ...points.map(row), ['all'.padEnd(30), ...sums].join('')].join('\n')
}

function report(): boolean {
  const aside = attempts.flatMap(({ path, aside: lines }) => lines.map((line) => `${path.slice(folder.length)}: ${line}`))
  const wrong = attempts.filter(isWrong)
  console.log(`seed ${seed}, ${projects} projects over real SSH servers, ${atOnce} at once, batch system: ${kind}, ${((performance.now() - startedMs) / 60_000).toFixed(1)} min`)
  console.log(`${shots.length} shots at ${new Set(shots.map((shot) => shot.split(' ').slice(1).join(' '))).size} points\n${pointTable()}`)
  console.log(`events: ${tally(events)}`)
  console.log(`attempts: ${attempts.length}, closed before a job came: ${attempts.filter(({ claim }) => claim === 'revoked').length}`)
  console.log(`executions of an attempt: ${tally(attempts.map(({ executions }) => `${executions}x`))}`)
  console.log(`jobs that stepped aside: ${aside.length}`)
  for (const line of aside) console.log(`  ${line}`)
  console.log(`attempts executed another number of times than they should: ${wrong.length}`)
  for (const each of wrong) console.log(`  ${JSON.stringify(each)}`)
  for (const trouble of troubles) console.log(`TROUBLE ${trouble}`)
  return wrong.length + troubles.length === 0 && attempts.length > 0
}

const reason = kind === 'slurm' ? await whyNoSlurm() : undefined
if (reason !== undefined) console.log(`skipped: ${reason}`)
else {
  const batch = await startBatch(kind)
  try {
    await allProjects(batch)
    process.exitCode = report() ? 0 : 1
  } finally {
    await batch.slurm?.stop()
    if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    else console.error(`left for a look: ${folder}`)
  }
}
