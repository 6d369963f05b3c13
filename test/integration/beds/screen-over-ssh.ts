import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../../temporary-folder.ts'
import { plainEnvironment } from '../sshd/sshd.ts'
import { dopant, type SmallProject } from '../small-screen.ts'
import type { Cluster } from './clusters.ts'
import { loginHost, startLoginNode } from './login-node.ts'
import { testSite } from './test-site.ts'

export interface ScreenRun {
  /** Each saved table as CSV, by name. */
  readonly tables: Readonly<Record<string, string>>
  /** Of each attempt's job; one, if all is well. */
  readonly starts: readonly number[]
  readonly nativeIds: readonly string[]
  readonly seconds: number
  /** As the server counts them. */
  readonly connections: number
  /** What dopant itself says that it did, by `status`. */
  readonly told: { readonly connections: number; readonly statusCalls: number }
  /** Calls of the batch system's programs, by name. */
  readonly calls: Readonly<Record<string, number>>
}

/** Servers of one's own may be asked more often than a login node that others use. */
const hasty = { DOPANT_SHORTEST_POLL_SECONDS: '0.5' }

/** Runs a screen to its tables through a batch system, behind a jump host, over SSH. */
export async function runOverSsh(
  cluster: Cluster,
  project: SmallProject,
  screenName: string,
): Promise<ScreenRun> {
  const running = await cluster.start()
  const node = await startLoginNode(temporaryFolder(), running.environment, cluster.programs)
  try {
    const { configFile } = node.client
    const transport = { kind: 'ssh', host: loginHost, configFile }
    const site = testSite(cluster.site, cluster.scheduler, transport, cluster.resources)
    const startedMs = Date.now()
    const environment = { ...plainEnvironment(), ...site.environment, ...hasty }
    const args = ['run', project.screenFile, '--site', cluster.site, '--project', project.folder]
    const { child, finished } = dopant(args, environment)
    const end = (): boolean => child.kill()
    process.once('exit', end)
    const run = await finished
    process.off('exit', end)
    expect(run.code, run.stderr).toBe(0)
    const told = await toldTraffic(project, environment)
    const started = filesNamed(site.workFolder, 'dopant-start').map((path) => readFileSync(path, 'utf8'))
    return {
      tables: savedTables(join(project.folder, 'results', screenName)),
      starts: startsBelow(site.workFolder),
      nativeIds: started.map((text) => /^id=(.+)$/m.exec(text)?.[1] ?? ''),
      seconds: (Date.now() - startedMs) / 1000,
      connections: node.connections(),
      told,
      calls: Object.fromEntries(cluster.programs.map((program) => [program, node.calls(program)])),
    }
  } finally {
    await node.stop()
    await running.stop()
  }
}

async function toldTraffic(project: SmallProject, environment: NodeJS.ProcessEnv): Promise<ScreenRun['told']> {
  const { stdout } = await dopant(['status', '--project', project.folder, '--json'], environment).finished
  const { traffic } = JSON.parse(stdout) as { traffic: readonly ScreenRun['told'][] }
  const total = (name: keyof ScreenRun['told']): number => traffic.reduce((sum, hour) => sum + hour[name], 0)
  return { connections: total('connections'), statusCalls: total('statusCalls') }
}

/** Runs the same screen on the built-in rehearsal site. */
export async function runHere(
  project: SmallProject,
  screenName: string,
): Promise<Pick<ScreenRun, 'tables' | 'starts'>> {
  const run = await dopant(['run', project.screenFile, '--project', project.folder]).finished
  expect(run.code, run.stderr).toBe(0)
  return {
    tables: savedTables(join(project.folder, 'results', screenName)),
    starts: startsBelow(join(project.folder, '.dopant', 'runs')),
  }
}

/** How often each attempt's job has started, told by the jobs themselves. */
function startsBelow(folder: string): readonly number[] {
  return filesNamed(folder, 'dopant-starts').map((path) => Number(readFileSync(path, 'utf8')))
}

/** Printed, because how often a site is asked is a promise. */
export function ledgerLine(cluster: Cluster, run: ScreenRun): string {
  const calls = Object.entries(run.calls).map(([program, count]) => `${count} ${program}`)
  const jobs = run.starts.length
  return `${cluster.title}: ${jobs} jobs in ${run.seconds.toFixed(0)} s over ${run.connections} connection(s); ${calls.join(', ')}`
}

function savedTables(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

function filesNamed(folder: string, name: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => path.endsWith(`/${name}`)).map((path) => join(folder, path))
}
