import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { freePort, makePostgres, makeRedis, postgresPrograms, redisProgram, type MadeServer } from '../../contracts/servers.ts'
import { serverKinds, type Blow } from './blow-plan.ts'
import type { ChaosBed } from './chaos-bed.ts'
import { dopantProgram, end, hasEnded, kill, lastWords, start, type Driver, type Running } from './driver.ts'

export function whyNoServers(): string | undefined {
  if (postgresPrograms() === undefined) return 'no PostgreSQL server is installed (Debian: postgresql)'
  return redisProgram() === undefined ? 'no Redis server is installed (Debian: redis-server)' : undefined
}

const workerNames = ['submit', 'poll', 'collect', 'collect', 'reconcile'] as const

/** A PostgreSQL, a Redis and five workers; workers that end are begun again, as a service manager does. */
export async function serverDriver(bed: ChaosBed, project: string, site: string): Promise<Driver> {
  const servers = await startServers(bed.folder)
  const { postgres, redis } = servers
  const environment = { ...bed.environment, DATABASE_URL: postgres.url, REDIS_URL: redis.url }
  const log = (name: string): string => join(bed.folder, `${name}.log`)
  const begin = (name: string): Running => start(workerProgram(name), { environment, folder: project, log: log(name) })
  const workers: Running[] = []
  const strikeWorker = async ({ kind, which }: Blow): Promise<boolean> => {
    const name = /^kill (?:the|a) (\w+) worker$/.exec(kind)?.[1]
    if (name === undefined) return false
    const places = workerNames.flatMap((each, i) => (each === name ? [i] : []))
    const place = places[Math.floor(which * places.length)] ?? 0
    const running = workers[place]
    if (running !== undefined) await kill(running)
    workers[place] = begin(name)
    return true
  }
  return {
    kinds: serverKinds,
    environment,
    async start() {
      const submitting = start([dopantProgram, 'submit', join(project, 'screen.yaml'), '--site', site, '--timeout', '20'], { environment, folder: project, log: log('submit') })
      await submitting.ended
      workers.push(...workerNames.map(begin))
    },
    strike: async (blow) => (await strikeWorker(blow)) || servers.strike(blow),
    async mend() {
      const gone = workers.flatMap((running, i) => (hasEnded(running) ? [i] : []))
      return gone.map((i) => {
        const name = workerNames[i] ?? ''
        const how = `the ${name} worker ended with ${workers[i]?.child.exitCode ?? 'a signal'} and was begun again`
        console.error(lastWords(log(name)))
        workers[i] = begin(name)
        return how
      })
    },
    isOver: () => isAllDone(postgres.url),
    async stop() {
      await Promise.all(workers.map(end))
      await servers.stop()
    },
  }
}

/** Of a checkout or of an installed package. In the worker's own process, so that a shot hits it and not a parent of it. */
function workerProgram(name: string): readonly string[] {
  const source = resolve(`workers/${name}.ts`)
  return existsSync(source) ? ['--import', import.meta.resolve('tsx'), source] : [resolve(`dist/workers/${name}.js`)]
}

async function isAllDone(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ all: number; done: number }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE state = 'done')::int AS done FROM dopant.calculation`,
    )
    return (rows[0]?.all ?? 0) > 0 && rows[0]?.all === rows[0]?.done
  } catch {
    return false // a server that was stopped
  } finally {
    await client.end().catch(() => undefined)
  }
}

interface Servers {
  readonly postgres: MadeServer
  readonly redis: MadeServer
  strike(blow: Blow): Promise<boolean>
  stop(): Promise<void>
}

async function startServers(folder: string): Promise<Servers> {
  const places = ['postgres', 'redis'].map((name) => join(folder, name))
  for (const place of places) mkdirSync(place)
  const [postgresFolder = '', redisFolder = ''] = places
  const postgres = await makePostgres(postgresPrograms() ?? '', postgresFolder)
  const redis = makeRedis(redisProgram() ?? '', redisFolder, await freePort())
  const children = { postgres: await postgres.launch(), redis: await redis.launch() }
  const away = async (name: 'postgres' | 'redis', signal: NodeJS.Signals, seconds: number): Promise<void> => {
    await gone(children[name], signal)
    await wait(seconds * 1000)
    children[name] = await { postgres, redis }[name].launch()
  }
  const strike = async ({ kind, forSeconds }: Blow): Promise<boolean> => {
    if (kind === 'stop PostgreSQL') await away('postgres', 'SIGINT', forSeconds)
    // «immediate»: nothing is written down any more, and the next start recovers from the log.
    else if (kind === 'crash PostgreSQL') await away('postgres', 'SIGQUIT', forSeconds)
    else if (kind === 'kill Redis') await away('redis', 'SIGKILL', forSeconds)
    else if (kind === 'empty Redis') await emptied(redis.url)
    else return false
    return true
  }
  const stop = async (): Promise<void> => {
    await gone(children.redis, 'SIGTERM')
    await gone(children.postgres, 'SIGINT')
  }
  return { postgres, redis, strike, stop }
}

async function gone(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await exit
}

async function emptied(url: string): Promise<void> {
  const connection = new Redis(url)
  await connection.flushall()
  connection.disconnect()
}
