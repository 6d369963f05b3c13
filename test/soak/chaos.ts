/**
 * A screen through a real Slurm over a real SSH server, while seeded blows fall: the engine or its workers are killed, connections
 * are cut, the controller is stopped, frozen and killed, PostgreSQL and Redis go away and come back, jobs die, the disk of the
 * project is full. At the end everything is done, every attempt that was not closed ran once, counted on the compute side, and
 * the tables hold the same bytes as those of a run that was left alone; rows of runs that were continued from CONTCAR are the same
 * within stated tolerances. Prints a ledger; exits with 1 otherwise.
 *
 *     npx tsx test/soak/chaos.ts [blows] [seed] [calculations] [slurm|fake] [embedded|servers] [quiet project]
 *
 * 20 blows on 20 calculations by default. A project of an earlier run that was left alone may be named, to compare with.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { whyNoSlurm } from '../integration/slurm/slurm-bed.ts'
import { outsideKinds, planBlows } from './chaos/blow-plan.ts'
import { chaosBed, chaosProject, type ChaosBed } from './chaos/chaos-bed.ts'
import type { Driver } from './chaos/driver.ts'
import { embeddedDriver } from './chaos/embedded-driver.ts'
import { printLedger, type Fallen } from './chaos/ledger.ts'
import { canFall, strikeOutside, untilSubmission } from './chaos/outside-blows.ts'
import { serverDriver, whyNoServers } from './chaos/server-driver.ts'
import { smallDisk, type SmallDisk } from './chaos/small-disk.ts'

const blows = Number(process.argv[2] ?? 20)
const seed = process.argv[3] ?? 'chaos'
const calculations = Number(process.argv[4] ?? 20)
const batch = process.argv[5] ?? 'slurm'
const drivenBy = process.argv[6] ?? 'embedded'
const earlier = process.argv[7]
const longestSeconds = 120 + 15 * calculations

/** Runs until everything is done. Returns the seconds, or undefined when it did not come to an end. */
async function leftAlone(driver: Driver): Promise<number | undefined> {
  const started = performance.now()
  await driver.start()
  return (await untilOver(driver, [])) ? (performance.now() - started) / 1000 : undefined
}

async function underFire(bed: ChaosBed, driver: Driver, disk: SmallDisk, fallen: Fallen[]): Promise<number | undefined> {
  const kinds = [...outsideKinds, ...driver.kinds]
  const started = performance.now()
  // Blows on an engine that has not begun yet would hit nothing.
  const begun = bed.slurm === undefined ? true : untilSubmission(bed.submissions, 60)
  const note = (what: string, how: string): void => void fallen.push({ atSeconds: (performance.now() - started) / 1000, what, how })
  await driver.start()
  await begun
  for (const blow of planBlows(seed, blows, kinds)) {
    if (!canFall(blow.kind, bed, disk)) continue
    await wait(blow.afterSeconds * 1000)
    if (await driver.isOver()) break
    const entry = fallen.length
    note(blow.kind, '')
    const how = (await driver.strike(blow)) ? '' : await strikeOutside(bed, disk, blow)
    fallen[entry] = { atSeconds: fallen[entry]?.atSeconds ?? 0, what: blow.kind, how }
    for (const each of await driver.mend()) note('', each)
  }
  return (await untilOver(driver, fallen)) ? (performance.now() - started) / 1000 : undefined
}

async function untilOver(driver: Driver, fallen: Fallen[]): Promise<boolean> {
  for (const end = performance.now() + longestSeconds * 1000; performance.now() < end; await wait(1000)) {
    if (await driver.isOver()) return true
    for (const how of await driver.mend()) fallen.push({ atSeconds: NaN, what: '', how })
  }
  return false
}

async function run(folder: string): Promise<boolean> {
  const bed = await chaosBed(folder, batch)
  const stops = [bed.stop]
  try {
    const [calm, shot] = [earlier ?? chaosProject(bed, 'calm', calculations), chaosProject(bed, 'shot', calculations)]
    const disk = smallDisk(shot)
    stops.push(async () => disk.remove())
    const quiet = embeddedDriver(bed, calm, 'calm')
    stops.push(quiet.stop)
    const calmSeconds = earlier === undefined ? await leftAlone(quiet) : 0
    await quiet.stop()
    const driver = drivenBy === 'servers' ? await serverDriver(bed, shot, 'shot') : embeddedDriver(bed, shot, 'shot')
    stops.push(driver.stop)
    const fallen: Fallen[] = []
    const shotSeconds = await underFire(bed, driver, disk, fallen)
    console.log(`seed ${seed}, ${blows} blows planned, batch system: ${batch}, driven by: ${drivenBy}`)
    return await printLedger({ bed, calm, shot, calmSeconds, shotSeconds, fallen, environment: driver.environment })
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

const reason = (batch === 'slurm' ? await whyNoSlurm() : undefined) ?? (drivenBy === 'servers' ? whyNoServers() : undefined)
if (reason !== undefined) console.log(`skipped: ${reason}`)
else {
  const folder = mkdtempSync(join(tmpdir(), 'dch-'))
  chmodSync(folder, 0o711) // PostgreSQL's own user goes through it to its data
  process.exitCode = (await run(folder)) ? 0 : 1
  if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  else console.error(`left for a look: ${folder}`)
}
