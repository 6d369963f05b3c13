import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { slurmConfiguration } from './slurm-configuration.ts'

/** A Slurm of two nodes on 127.0.0.1, run by whoever runs the tests, in a folder of its own. */
export interface SlurmBed {
  readonly folder: string
  /** What its clients need. */
  readonly environment: Readonly<Record<string, string>>
  /** Stops the controller without ending it: calls hang, as behind a dead network. */
  freezeController(): void
  thawController(): void
  stop(): Promise<void>
}

/** Why there is no Slurm here, or undefined when there can be one. */
export async function whyNoSlurm(): Promise<string | undefined> {
  const missing = ['munged', 'slurmctld', 'slurmd', 'sbatch'].filter(
    (program) => pathOf(program) === undefined,
  )
  if (missing.length > 0)
    return `${missing.join(', ')} not installed (Debian: slurmctld slurmd slurm-client munge)`
  const address = await lookup(hostname(), { family: 4 }).then(
    ({ address }) => address,
    () => 'nothing',
  )
  // Slurm's daemons bind to the address of the host's name; anything else than loopback stays untouched.
  return address.startsWith('127.') ? undefined : `the host name resolves to ${address}, not to loopback`
}

export async function startSlurm(): Promise<SlurmBed> {
  // Short, because the path of a socket has room for 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), 'slm-'))
  const daemons: ChildProcess[] = []
  const environment = { SLURM_CONF: join(folder, 'slurm.conf') }
  const bed: SlurmBed = {
    folder,
    environment,
    freezeController: () => void daemons[1]?.kill('SIGSTOP'),
    thawController: () => void daemons[1]?.kill('SIGCONT'),
    stop: () => stopAll(folder, daemons),
  }
  try {
    await startDaemons(folder, daemons, environment)
    return bed
  } catch (error) {
    await bed.stop()
    throw error
  }
}

async function startDaemons(
  folder: string,
  daemons: ChildProcess[],
  environment: Record<string, string>,
): Promise<void> {
  for (const name of ['munge', 'state', 'spool.n1', 'spool.n2', 'run', 'log'])
    mkdirSync(join(folder, name), { mode: 0o755 })
  const ports = [await freePort(), await freePort(), await freePort()] as const
  const address = (await lookup(hostname(), { family: 4 })).address
  writeFileSync(
    environment['SLURM_CONF'] ?? '',
    slurmConfiguration(folder, hostname().split('.')[0] ?? '', userInfo().username, address, ports),
  )
  writeFileSync(join(folder, 'munge/key'), randomBytes(128), { mode: 0o400 })
  const start = (program: string, ...args: readonly string[]): void => {
    const child = spawn(pathOf(program) ?? program, args, {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    })
    child.on('error', () => undefined)
    daemons.push(child)
  }
  const munge = (name: string): string => join(folder, 'munge', name)
  start(
    'munged',
    '--foreground',
    '--force',
    `--socket=${munge('socket')}`,
    `--key-file=${munge('key')}`,
    `--pid-file=${munge('pid')}`,
    `--log-file=${munge('log')}`,
    `--seed-file=${munge('seed')}`,
    '--num-threads=2',
  )
  await until('munged', () => readdirSync(join(folder, 'munge')).includes('socket'))
  start('slurmctld', '-D', '-c')
  start('slurmd', '-D', '-N', 'n1')
  start('slurmd', '-D', '-N', 'n2')
  await until(
    'slurm',
    () => asked(environment, 'sinfo', ['-h', '-N', '-o', '%T']).match(/idle/g)?.length === 3,
  )
}

function asked(environment: Record<string, string>, program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch {
    return ''
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (holds()) return
    await wait(200)
  }
  throw new Error(`${what} did not start within 30 s`)
}

/** Job steps outlive their daemons, so everything that carries the bed's folder in its environment is ended too. */
async function stopAll(folder: string, daemons: readonly ChildProcess[]): Promise<void> {
  for (const daemon of daemons.slice(1)) daemon.kill('SIGCONT')
  for (const daemon of [...daemons].reverse()) daemon.kill('SIGTERM')
  await wait(300)
  for (const daemon of daemons) daemon.kill('SIGKILL')
  for (const pid of processesOf(folder)) killQuietly(pid)
  await wait(200)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

function processesOf(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environmentOf(pid).includes(`SLURM_CONF=${folder}/`))
    .map(Number)
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function pathOf(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, program)).find((path) => isThere(path))
}

function isThere(path: string): boolean {
  try {
    return readFileSync(path).length > 0
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
