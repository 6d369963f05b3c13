import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { lookup } from 'node:dns/promises'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../contracts/servers.ts'
import { asked, daemonsIn, untilStarted, type Daemons } from '../beds/daemons.ts'
import { whyHostNameIsOutside, whyMissing, whyNotRoot } from '../beds/programs.ts'
import { addAccount, startAccounting, whyNoAccounting } from './accounting.ts'
import { memoryGroupsConfiguration, slurmConfiguration } from './slurm-configuration.ts'

/** A Slurm of two nodes on 127.0.0.1, run by whoever runs the tests, in a folder of its own. */
export interface SlurmBed {
  readonly folder: string
  /** What its clients need. */
  readonly environment: Readonly<Record<string, string>>
  /** Stops the controller without ending it: calls hang, as behind a dead network. */
  freezeController(): void
  thawController(): void
  /** Ends it, by SIGTERM as an administrator does or by SIGKILL; jobs that run go on. */
  stopController(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again with what it had written down. */
  startController(): Promise<void>
  stop(): Promise<void>
}

export interface SlurmOptions {
  /** With slurmdbd and a database behind it, so that `sacct` knows how jobs ended. */
  readonly accounting?: boolean
  /** Jobs need an account that slurmdbd knows: only this one there is. */
  readonly onlyAccount?: string
  /** Hold jobs to their memory with control groups, where there are some: for one bed at a time, because their names are fixed. */
  readonly memoryGroups?: boolean
}

/** Why there is no such Slurm here, or undefined when there can be one. */
export async function whyNoSlurm({ accounting = false }: SlurmOptions = {}): Promise<string | undefined> {
  const missing = whyMissing({
    munged: 'munge',
    slurmctld: 'slurmctld',
    slurmd: 'slurmd',
    sbatch: 'slurm-client',
  })
  const withAccounting = accounting ? (whyNoAccounting() ?? whyNotRoot('slurmdbd of the tests')) : undefined
  return missing ?? withAccounting ?? (await whyHostNameIsOutside())
}

export async function startSlurm(options: SlurmOptions = {}): Promise<SlurmBed> {
  const memoryGroups = options.memoryGroups === true && hasMemoryGroups()
  const daemons = daemonsIn('slm-')
  const environment = { SLURM_CONF: join(daemons.folder, 'slurm.conf') }
  try {
    const controller = await startDaemons(daemons, environment, { ...options, memoryGroups })
    return {
      folder: daemons.folder,
      environment,
      ...controller,
      async stop() {
        await daemons.stop()
        if (memoryGroups) await removeMemoryGroups()
      },
    }
  } catch (error) {
    await daemons.stop()
    throw error
  }
}

async function startDaemons(
  daemons: Daemons,
  clients: Readonly<Record<string, string>>,
  { accounting = false, onlyAccount, memoryGroups = false }: SlurmOptions,
): Promise<Controller> {
  const { folder } = daemons
  for (const name of ['munge', 'state', 'spool.n1', 'spool.n2', 'run', 'log'])
    mkdirSync(join(folder, name), { mode: 0o755 })
  const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', ...clients }
  await startMunge(daemons, environment)
  const accountingPort = accounting ? await startAccounting(daemons, environment) : undefined
  if (onlyAccount !== undefined) addAccount(onlyAccount, environment)
  const { address } = await lookup(hostname(), { family: 4 })
  const [controller, first, second] = [await freePort(), await freePort(), await freePort()]
  if (memoryGroups) writeFileSync(join(folder, 'cgroup.conf'), memoryGroupsConfiguration)
  const text = slurmConfiguration({
    folder,
    host: hostname().split('.')[0] ?? '',
    user: userInfo().username,
    address,
    ports: [controller, first, second],
    memoryGroups,
    enforced: onlyAccount !== undefined,
    ...(accountingPort === undefined ? {} : { accountingPort }),
  })
  writeFileSync(clients['SLURM_CONF'] ?? '', text)
  const slurmctld = daemons.start('slurmctld', ['-D', '-c'], environment)
  const startAgain = (): ChildProcess => daemons.start('slurmctld', ['-D'], environment)
  for (const node of ['n1', 'n2']) daemons.start('slurmd', ['-D', '-N', node], environment)
  const nodes = (): string => asked('sinfo', ['-h', '-N', '-o', '%T'], clients)
  await untilStarted('slurm', () => nodes().match(/idle/g)?.length === 3)
  return controllerOf(slurmctld, startAgain, () => nodes() !== '')
}

type Controller = Pick<SlurmBed, 'freezeController' | 'thawController' | 'stopController' | 'startController'>

function controllerOf(first: ChildProcess, startAgain: () => ChildProcess, answers: () => boolean): Controller {
  let current = first
  return {
    freezeController: () => void current.kill('SIGSTOP'),
    thawController: () => void current.kill('SIGCONT'),
    async stopController(signal) {
      const gone = new Promise((done) => current.once('exit', done))
      if (current.exitCode !== null || current.signalCode !== null) return
      current.kill(signal)
      await gone
    },
    async startController() {
      current = startAgain()
      await untilStarted('slurmctld', answers)
    },
  }
}

/** Of the first kind, and ours to write to. */
export function hasMemoryGroups(): boolean {
  try {
    accessSync('/sys/fs/cgroup/memory/cgroup.procs', constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The kernel removes a group only when it is empty, and the inner ones first. */
async function removeMemoryGroups(): Promise<void> {
  for (const node of ['n1', 'n2']) {
    const folder = `/sys/fs/cgroup/memory/slurm_${node}`
    for (let tries = 0; tries < 20 && !isGroupGone(folder); tries += 1) await wait(100)
  }
}

function isGroupGone(folder: string): boolean {
  if (!existsSync(folder)) return true
  try {
    removeGroup(folder)
    return true
  } catch {
    return false // A process of it is on its way out.
  }
}

function removeGroup(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroup(join(folder, entry.name))
  rmdirSync(folder)
}

async function startMunge(daemons: Daemons, environment: Readonly<Record<string, string>>): Promise<void> {
  const file = (name: string): string => join(daemons.folder, 'munge', name)
  writeFileSync(file('key'), randomBytes(128), { mode: 0o400 })
  const files = Object.entries({
    socket: 'socket',
    'key-file': 'key',
    'pid-file': 'pid',
    'log-file': 'log',
    'seed-file': 'seed',
  })
  const options = files.map(([option, name]) => `--${option}=${file(name)}`)
  daemons.start('munged', ['--foreground', '--force', '--num-threads=2', ...options], environment)
  await untilStarted('munged', () => existsSync(file('socket')))
}
