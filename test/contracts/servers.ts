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
  const run = asDatabaseUser(folder)
  execFileSync(
    ...run(join(programs, 'initdb'), ['-D', join(folder, 'data'), '-U', 'dopant', '-A', 'trust', '-N']),
    { stdio: 'ignore' },
  )
  const port = await freePort()
  const settings = [
    '-D',
    join(folder, 'data'),
    '-p',
    String(port),
    '-k',
    folder,
    '-c',
    'listen_addresses=127.0.0.1',
  ]
  const child = endingWithUs(spawn(...run(join(programs, 'postgres'), settings), { stdio: 'ignore' }), 'SIGINT')
  const server = {
    url: `postgres://dopant@127.0.0.1:${port}/postgres`,
    child,
    stop: () => stop(child, folder, 'SIGINT'),
  }
  // While it starts it answers with a refusal.
  const create = ['-qc', 'CREATE DATABASE dopant']
  await until(
    () => spawnSync(join(programs, 'psql'), [server.url, ...create], { stdio: 'ignore' }).status === 0,
    30_000,
  )
  return { ...server, url: server.url.replace(/postgres$/, 'dopant') }
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
  const port = atPort ?? (await freePort())
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const child = endingWithUs(spawn(program, args, { stdio: 'ignore' }), 'SIGTERM')
  await until(() => answers(port), 20_000)
  return { url: `redis://127.0.0.1:${port}`, child, stop: () => stop(child, folder, 'SIGTERM') }
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
