import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { startEngine, type Engine } from '../../src/app/engine/start-engine.ts'
import { takeOver } from '../../src/app/engine/take-over.ts'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import { savePlan } from '../../src/app/screens/save-plan.ts'
import { openBackup, openWorkspace, type Workspace } from '../../src/compose.ts'
import { postgresPrograms, redisProgram, startPostgres, startRedis, until, type TestServer } from '../contracts/servers.ts'
import { chaosScreen } from '../soak/chaos/chaos-bed.ts'
import { attemptsBelow } from '../soak/executions.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { withDatabase } from '../with-database.ts'

const programs = { postgres: postgresPrograms(), redis: redisProgram() }

/** A project whose site keeps its files elsewhere, and a screen of four calculations. */
interface Bed {
  readonly folder: string
  readonly work: string
  readonly said: string[]
  open(more?: { readonly at?: string; readonly environment?: NodeJS.ProcessEnv }): Promise<Workspace>
}

function makeBed(): Bed {
  const top = temporaryFolder()
  const [folder, work, config] = ['project', 'work', 'config'].map((name) => join(top, name))
  if (folder === undefined || work === undefined || config === undefined) throw new Error('no folders')
  for (const each of [folder, join(config, 'dopant')]) mkdirSync(each, { recursive: true })
  writeFileSync(join(folder, 'dopant.yaml'), '')
  writeFileSync(join(folder, 'screen.yaml'), chaosScreen(4))
  const site = {
    transport: { kind: 'local' },
    scheduler: 'direct',
    workFolder: work,
    maxJobs: 2,
    pollSeconds: 1,
    graceSeconds: 2,
    vasp: { program: 'sh', args: ['-c', `echo run >>executions; exec ${process.execPath} ${resolve('bin/dopant-rehearsal.js')}`], version: 'rehearsal' },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.6', DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.05' },
  }
  writeFileSync(join(config, 'dopant', 'sites.yaml'), stringify({ cluster: site }))
  const said: string[] = []
  const usual = { ...process.env, XDG_CONFIG_HOME: config, XDG_STATE_HOME: join(top, 'state'), DOPANT_SHORTEST_POLL_SECONDS: '1', DATABASE_URL: '', REDIS_URL: '' }
  const open: Bed['open'] = ({ at = folder, environment = {} } = {}) => {
    if (environment['DATABASE_URL'] === undefined && at === folder) withDatabase(join(at, '.dopant'))
    return openWorkspace({ projectFolder: at, environment: { ...usual, ...environment }, say: (line) => void said.push(line) })
  }
  return { folder, work, said, open }
}

async function bringScreen({ parts }: Workspace, folder: string): Promise<void> {
  const { plan, source } = await planScreen(join(folder, 'screen.yaml'), 'cluster')
  await savePlan(parts.store, parts.clock, plan, source)
}

const countOf = ({ parts }: Workspace, ...states: readonly ('done' | 'running' | 'queued' | 'ready')[]): Promise<number> => parts.store.count({ states })
const isDone = async (workspace: Workspace, count: number): Promise<boolean> => (await countOf(workspace, 'done')) >= count

async function runUntil(workspace: Workspace, holds: () => Promise<boolean>, during?: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await startEngine(workspace.parts)
  try {
    await during?.(engine)
    await until(holds, 150_000).catch(async (error: Error) => {
      const stand = (await workspace.parts.store.summaries()).map(({ id, state }) => `${id} ${state}`)
      throw new Error(`${error.message}: ${stand.join(', ')}`)
    })
  } finally {
    await engine.stop()
  }
}

/** Every calculation once: four attempts of four calculations, each executed once. */
function expectEachOnce({ work }: Bed): void {
  expect(attemptsBelow(work).map(({ executions, claim }) => (claim === 'revoked' ? 'revoked' : executions))).toEqual([1, 1, 1, 1])
}

describe.skipIf(programs.postgres === undefined || programs.redis === undefined)('on servers', () => {
  let bed: Bed
  let postgres: TestServer
  let redis: TestServer
  beforeAll(async () => {
    postgres = await startPostgres(programs.postgres ?? '')
    redis = await startRedis(programs.redis ?? '')
  })
  afterAll(async () => {
    await redis?.stop()
    await postgres?.stop()
  })
  beforeEach(() => {
    bed = makeBed()
  })
  let databases = 0
  const database = async (): Promise<string> => {
    databases += 1
    const name = `project${databases}`
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    await client.query(`CREATE DATABASE ${name}`)
    await client.end()
    return postgres.url.replace(/dopant$/, name)
  }

  it('a Redis that is emptied in the middle of a screen loses nothing and repeats nothing', async () => {
    const environment = { DATABASE_URL: await database(), REDIS_URL: redis.url }
    const workspace = await bed.open({ environment })
    await bringScreen(workspace, bed.folder)

    await runUntil(workspace, () => isDone(workspace, 4), async () => {
      await until(() => isDone(workspace, 1), 60_000)
      const connection = new Redis(redis.url)
      await connection.flushall()
      connection.disconnect()
    })

    await workspace.close()
    expectEachOnce(bed)
  })

  it('a database that is as it was yesterday changes nothing until a person takes over, and then adopts what has run since', async () => {
    const today = await database()
    const first = await bed.open({ environment: { DATABASE_URL: today } })
    await bringScreen(first, bed.folder)
    await runUntil(first, () => isDone(first, 1))
    await first.close()
    const lines = await exported(bed, today)
    const again = await bed.open({ environment: { DATABASE_URL: today } })
    await runUntil(again, () => isDone(again, 4))
    await again.close()

    const environment = { DATABASE_URL: await database() }
    await imported(bed, environment.DATABASE_URL, lines)
    const restored = await bed.open({ environment })
    expect(await countOf(restored, 'done')).toBeLessThan(4)
    await runUntil(restored, async () => bed.said.some((line) => line.includes('Nothing was changed on cluster')))
    await takeOver(restored.parts, ['cluster'])
    await runUntil(restored, () => isDone(restored, 4))

    await restored.close()
    expectEachOnce(bed)
  })
})

async function* asLines(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

async function exported({ folder }: Bed, url: string): Promise<readonly string[]> {
  const { backup, close } = await openBackup({ projectFolder: folder, environment: { ...process.env, DATABASE_URL: url } })
  const lines: string[] = []
  for await (const line of backup.exportLines()) lines.push(line)
  await close()
  return lines
}

async function imported({ folder }: Bed, url: string, lines: readonly string[]): Promise<void> {
  const { backup, close } = await openBackup({ projectFolder: folder, environment: { ...process.env, DATABASE_URL: url } })
  await backup.importLines(asLines(lines))
  await close()
}

describe('with the embedded store', () => {
  it('a project that is moved while its jobs run goes on where it is now, after a person took over', async () => {
    const bed = makeBed()
    const before = await bed.open()
    await bringScreen(before, bed.folder)
    await runUntil(before, async () => (await countOf(before, 'queued', 'running')) > 0)
    await before.close()
    const elsewhere = join(bed.folder, '..', 'on-another-disk')
    renameSync(bed.folder, elsewhere)
    await wait(500)

    const moved = await bed.open({ at: elsewhere })
    await runUntil(moved, async () => bed.said.some((line) => line.includes('Nothing was changed on cluster')))
    expect(await countOf(moved, 'done')).toBeLessThan(4)
    await takeOver(moved.parts, ['cluster'])
    await runUntil(moved, () => isDone(moved, 4))

    await moved.close()
    expectEachOnce(bed)
  })
})
