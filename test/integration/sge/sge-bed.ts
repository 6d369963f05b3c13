import type { ChildProcess } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../contracts/servers.ts'
import { asked, daemonsIn, untilStarted, type Daemons } from '../beds/daemons.ts'
import { buildLoopbackShim } from '../beds/loopback-shim.ts'
import { whyHostNameIsOutside, whyMissing, whyNotRoot } from '../beds/programs.ts'
import {
  bootstrap,
  executionHost,
  globalConfiguration,
  parallelEnvironment,
  queue,
  schedulerConfiguration,
} from './sge-configuration.ts'

/** A Grid Engine of one host on 127.0.0.1, in a folder of its own. */
export interface SgeBed {
  readonly folder: string
  /** What its clients need. */
  readonly environment: Readonly<Record<string, string>>
  /** Ends the controller, as when its machine goes down; jobs go on. */
  stopController(): Promise<void>
  startController(): Promise<void>
  stop(): Promise<void>
}

const programs = '/usr/lib/gridengine'

/** Why there is no Grid Engine here, or undefined when there can be one. */
export async function whyNoSge(): Promise<string | undefined> {
  const missing = whyMissing({
    sge_qmaster: 'gridengine-master',
    sge_execd: 'gridengine-exec',
    qsub: 'gridengine-client',
    gcc: 'gcc libc6-dev',
  })
  return missing ?? whyNotRoot('Grid Engine') ?? (await whyHostNameIsOutside())
}

export async function startSge(): Promise<SgeBed> {
  const daemons = daemonsIn('sge-')
  try {
    return await startDaemons(daemons)
  } catch (error) {
    await daemons.stop()
    throw error
  }
}

async function startDaemons(daemons: Daemons): Promise<SgeBed> {
  const { folder } = daemons
  const environment = await prepareRoot(folder)
  // Its own environment goes to the jobs, so it is a plain one.
  const own = { ...environment, LD_PRELOAD: buildLoopbackShim(folder), SGE_ND: '1' }
  const ready = (): boolean => asked(`${programs}/qconf`, ['-ss'], environment) !== ''
  let controller: ChildProcess | undefined
  const bed: SgeBed = {
    folder,
    environment,
    async startController() {
      controller = daemons.start(`${programs}/sge_qmaster`, [], own)
      await untilStarted('sge_qmaster', ready)
    },
    async stopController() {
      const gone = new Promise((resolve) => controller?.once('exit', resolve))
      controller?.kill('SIGKILL')
      await gone
    },
    stop: daemons.stop,
  }
  controller = daemons.start(`${programs}/sge_qmaster`, [], own)
  await untilStarted('sge_qmaster', () => asked(`${programs}/qconf`, ['-sh'], environment) !== '')
  configure(folder, environment)
  daemons.start(`${programs}/sge_execd`, [], own)
  const hosts = (): string => asked(`${programs}/qstat`, ['-f'], environment)
  await untilStarted('sge_execd', () => /all\.q@.*\b0\/0\/8\b +\d/.test(hosts()))
  return bed
}

/** The tree that Grid Engine calls SGE_ROOT: links to its programs, and a cell with its first settings. */
async function prepareRoot(folder: string): Promise<Record<string, string>> {
  const [root, spool] = [join(folder, 'root'), join(folder, 'spool')]
  const common = join(root, 'default/common')
  for (const each of [common, join(spool, 'db'), join(spool, 'qmaster'), join(spool, 'execd')])
    mkdirSync(each, { recursive: true })
  for (const each of ['bin', 'lib', 'utilbin']) {
    mkdirSync(join(root, each))
    symlinkSync(programs, join(root, each, 'lx-amd64'))
  }
  symlinkSync('/usr/share/gridengine/util', join(root, 'util'))
  const write = (name: string, text: string): void => writeFileSync(join(common, name), text)
  write('bootstrap', bootstrap({ root, spool }))
  write('act_qmaster', `${shortHostName()}\n`)
  write('cluster_name', 'testbed\n')
  write('host_aliases', `${shortHostName()} localhost localhost.localdomain\n`)
  const environment = {
    SGE_ROOT: root,
    SGE_CELL: 'default',
    SGE_ARCH: 'lx-amd64',
    SGE_CLUSTER_NAME: 'testbed',
    SGE_QMASTER_PORT: String(await freePort()),
    SGE_EXECD_PORT: String(await freePort()),
    PATH: `${join(root, 'bin/lx-amd64')}:/usr/local/bin:/usr/bin:/bin`,
  }
  initialiseSpool(folder, { root, spool }, environment)
  return environment
}

function initialiseSpool(
  folder: string,
  folders: { root: string; spool: string },
  environment: Record<string, string>,
): void {
  writeFileSync(join(folder, 'configuration'), globalConfiguration(folders))
  const run = (program: string, ...args: string[]): unknown =>
    execFileSync(join(programs, program), args, { env: environment, stdio: 'pipe' })
  run('spoolinit', 'berkeleydb', 'libspoolb', join(folders.spool, 'db'), 'init')
  run('spooldefaults', 'configuration', join(folder, 'configuration'))
  run('spooldefaults', 'complexes', '/usr/share/gridengine/util/resources/centry')
  run('spooldefaults', 'usersets', '/usr/share/gridengine/util/resources/usersets')
  run('spooldefaults', 'managers', 'root')
}

function configure(folder: string, environment: Record<string, string>): void {
  const qconf = (...args: string[]): unknown =>
    execFileSync(join(programs, 'qconf'), args, { env: environment, stdio: 'pipe' })
  const from = (option: string, name: string, text: string): void => {
    const file = join(folder, name)
    writeFileSync(file, text)
    qconf(option, file)
  }
  qconf('-ah', shortHostName())
  qconf('-as', shortHostName())
  from('-Ae', 'host', executionHost(shortHostName()))
  from('-Msconf', 'scheduler', schedulerConfiguration)
  from('-Ap', 'pe', parallelEnvironment)
  from('-Aq', 'queue', queue(shortHostName(), 8))
}

function shortHostName(): string {
  return hostname().split('.')[0] ?? ''
}
