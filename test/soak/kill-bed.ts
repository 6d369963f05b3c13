import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stringify } from 'yaml'
import { startSlurm, type SlurmBed } from '../integration/slurm/slurm-bed.ts'
import { startSshd, testClient } from '../integration/sshd/sshd.ts'
import { cutLine } from './cut-line.ts'
import { fakeSlurm } from './fake-slurm.ts'
import { protocolPoints, type ProtocolPoints } from './protocol-points.ts'

export type BatchKind = 'slurm' | 'fake' | 'direct'

/** The batch system of all rounds. */
export interface Batch {
  readonly kind: BatchKind
  readonly slurm: SlurmBed | undefined
}

export async function startBatch(kind: BatchKind): Promise<Batch> {
  return { kind, slurm: kind === 'slurm' ? await startSlurm() : undefined }
}

/** What one project drives: a login node of its own behind a line of its own. */
export interface KillBed {
  readonly kind: BatchKind
  readonly folder: string
  readonly points: ProtocolPoints
  readonly environment: NodeJS.ProcessEnv
  readonly workFolder: string
  stop(): Promise<void>
}

export async function makeBed({ kind, slurm }: Batch, folder: string): Promise<KillBed> {
  mkdirSync(folder, { recursive: true })
  const site = kind === 'fake' ? fakeSlurm(folder).bin : ''
  const path = [site, process.env['PATH'] ?? ''].filter((part) => part !== '').join(':')
  const points = protocolPoints(folder, path, slurm === undefined ? '' : readFileSync(join(slurm.folder, 'run/slurmctld.pid'), 'utf8').trim())
  const client = testClient(join(folder, 'client'))
  const server = await startSshd(join(folder, 'server'), {
    authorized: client.publicKey,
    environment: { ...slurm?.environment, PATH: `${points.bin}:${path}` },
  })
  const line = await cutLine(server.port)
  const behindLine = { ...server, port: line.port }
  client.addHost('site', behindLine)
  client.trust(behindLine)
  const scissors = setInterval(() => {
    if (!existsSync(points.cutFile)) return
    line.cut()
    rmSync(points.cutFile, { force: true })
  }, 20)
  const workFolder = join(folder, 'work')
  writeSites(kind, join(folder, 'config'), client.configFile, workFolder)
  const stop = async (): Promise<void> => {
    clearInterval(scissors)
    line.close()
    await server.stop()
  }
  const environment = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state-of-one'), DOPANT_SHORTEST_POLL_SECONDS: '0.5' }
  return { kind, folder, points, environment, workFolder, stop }
}

function writeSites(kind: BatchKind, config: string, configFile: string, workFolder: string): void {
  mkdirSync(join(config, 'dopant'), { recursive: true })
  const site = {
    transport: { kind: 'ssh', host: 'site', configFile },
    scheduler: kind === 'direct' ? 'direct' : 'slurm',
    workFolder,
    maxJobs: 30,
    pollSeconds: 0.5,
    graceSeconds: 2,
    // It leaves no OUTCAR, so that each calculation has several attempts before it is given up.
    vasp: { program: 'sh', args: ['-c', 'echo run >>executions'], version: 'rehearsal' },
    ...(kind === 'slurm' ? { resources: { ranksPerNode: 1, memoryMibPerNode: 50, walltime: '00:05:00', partition: 'debug' } } : {}),
    // The jobs themselves are left alone.
    environment: { DOPANT_POINTS_JOB: '1' },
  }
  writeFileSync(join(config, 'dopant', 'sites.yaml'), stringify({ cluster: site }))
}

export interface Running {
  readonly child: ChildProcess
  readonly said: () => string
  /** What it printed as data. */
  readonly told: () => string
  readonly ended: Promise<number | null>
}

/** A built copy starts sooner than the sources of a checkout. */
const program = process.env['DOPANT_SOAK_PROGRAM'] ?? resolve('bin/dopant.js')

export function dopant(args: readonly string[], environment: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [program, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let [text, data] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => (data += chunk.toString()))
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  const ended = new Promise<number | null>((done) => child.on('close', done)).finally(() => process.off('exit', end))
  return { child, said: () => text, told: () => data, ended }
}

export const hasEnded = ({ child }: Running): boolean => child.exitCode !== null || child.signalCode !== null

export async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(20)) if (holds()) return true
  return holds()
}

export async function kill(running: Running): Promise<void> {
  running.child.kill('SIGKILL')
  await running.ended
}
