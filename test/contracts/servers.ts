import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server of the test's own, in a temporary folder, on a free port of this machine. */
export interface TestServer {
  readonly url: string
  readonly child: ChildProcess
  stop(): Promise<void>
}

/** Newest PostgreSQL of the system, or undefined with a reason on the console. */
export function postgresPrograms(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions
    .map((version) => join(root, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
  if (found === undefined) console.warn('skipped: no PostgreSQL server is installed (Debian: postgresql)')
  return found
}

export function redisProgram(): string | undefined {
  const found = (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, 'redis-server'))
    .find(existsSync)
  if (found === undefined) console.warn('skipped: no Redis server is installed (Debian: redis-server)')
  return found
}

export async function startPostgres(programs: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dopant-pg-'))
  const { url, launch } = await makePostgres(programs, folder)
  const child = await launch()
  return { url, child, stop: () => stop(child, folder, 'SIGINT') }
}

/** A server that can be started, ended by its process and started again with what it has. */
export interface MadeServer {
  readonly url: string
  launch(): Promise<ChildProcess>
}

/** An empty PostgreSQL in a folder; its database is made when it is launched for the first time. */
export async function makePostgres(programs: string, folder: string, settings: readonly string[] = []): Promise<MadeServer> {
  const run = asDatabaseUser(folder)
  const data = join(folder, 'data')
  execFileSync(...run(join(programs, 'initdb'), ['-D', data, '-U', 'dopant', '-A', 'trust', '-N']), { stdio: 'ignore' })
  const port = await freePort()
  const args = ['-D', data, '-p', String(port), '-k', folder, ...['listen_addresses=127.0.0.1', ...settings].flatMap((each) => ['-c', each])]
  const database = (name: string): string => `postgres://dopant@127.0.0.1:${port}/${name}`
  const ask = (name: string, text: string): boolean =>
    spawnSync(join(programs, 'psql'), [database(name), '-qc', text], { stdio: 'ignore' }).status === 0
  const launch = async (): Promise<ChildProcess> => {
    const child = endingWithUs(spawn(...run(join(programs, 'postgres'), args), { stdio: 'ignore' }), 'SIGINT')
    // While it starts it answers with a refusal.
    await until(() => ask('dopant', 'SELECT 1') || ask('postgres', 'CREATE DATABASE dopant'), 30_000)
    return child
  }
  return { url: database('dopant'), launch }
}

/** PostgreSQL refuses to run as root; its package brings a user. */
function asDatabaseUser(folder: string): (program: string, args: readonly string[]) => [string, string[]] {
  if (process.getuid?.() !== 0) return (program, args) => [program, [...args]]
  const uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
  chownSync(folder, uid, -1)
  chmodSync(folder, 0o755)
  return (program, args) => ['setpriv', ['--reuid', String(uid), '--clear-groups', program, ...args]]
}

export async function startRedis(program: string, atPort?: number): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dopant-redis-'))
  const { url, launch } = makeRedis(program, folder, atPort ?? (await freePort()))
  const child = await launch()
  return { url, child, stop: () => stop(child, folder, 'SIGTERM') }
}

/** A Redis that keeps nothing: launched again, it is empty. */
export function makeRedis(program: string, folder: string, port: number): MadeServer {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
  const launch = async (): Promise<ChildProcess> => {
    const child = endingWithUs(spawn(program, args, { stdio: 'ignore' }), 'SIGTERM')
    await until(() => answers(port), 20_000)
    return child
  }
  return { url: `redis://127.0.0.1:${port}`, launch }
}

/** A test that fails before it stops its server leaves none behind. */
function endingWithUs(child: ChildProcess, signal: NodeJS.Signals): ChildProcess {
  const end = (): boolean => child.kill(signal)
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}

function stop(child: ChildProcess, folder: string, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      rmSync(folder, { recursive: true, force: true })
      resolve()
    }
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.once('exit', done)
    child.kill(signal)
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).once('error', () => resolve(false))
  })
}

export async function until(condition: () => boolean | Promise<boolean>, longestMs: number): Promise<void> {
  const end = Date.now() + longestMs
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`still not so after ${longestMs} ms`)
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}
