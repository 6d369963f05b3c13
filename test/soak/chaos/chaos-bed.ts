import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { pathOf } from '../../integration/beds/programs.ts'
import { startSlurm, type SlurmBed } from '../../integration/slurm/slurm-bed.ts'
import { startSshd, testClient, type TestSshd } from '../../integration/sshd/sshd.ts'
import { fakeSlurm } from '../fake-slurm.ts'

/** A cluster behind SSH, and the environment of whoever drives it. */
export interface ChaosBed {
  readonly folder: string
  readonly server: TestSshd
  readonly slurm: SlurmBed | undefined
  readonly environment: NodeJS.ProcessEnv
  /** Gets a byte whenever a job is about to be submitted. */
  readonly submissions: string
  workFolder(site: string): string
  stop(): Promise<void>
}

/** Two sites on the same machines, `calm` and `shot`, so that the two runs share nothing. */
export async function chaosBed(folder: string, batch: string): Promise<ChaosBed> {
  const slurm = batch === 'slurm' ? await startSlurm() : undefined
  const submissions = join(folder, 'submissions')
  const bins = slurm === undefined ? fakeSlurm(folder).bin : tellingSbatch(folder, submissions)
  const client = testClient(join(folder, 'client'))
  const path = `${bins}:${process.env['PATH'] ?? ''}`
  const server = await startSshd(join(folder, 'server'), { authorized: client.publicKey, environment: { ...slurm?.environment, PATH: path } })
  client.addHost('site', server)
  client.trust(server)
  const workFolder = (site: string): string => join(folder, `work-${site}`)
  const sites = Object.fromEntries(['calm', 'shot'].map((name) => [name, siteAt(workFolder(name), client.configFile, batch)]))
  mkdirSync(join(folder, 'config', 'dopant'), { recursive: true })
  writeFileSync(join(folder, 'config', 'dopant', 'sites.yaml'), stringify(sites))
  const environment = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'home'), DOPANT_SHORTEST_POLL_SECONDS: '1' }
  const stop = async (): Promise<void> => {
    await server.stop()
    await slurm?.stop()
  }
  return { folder, server, slurm, environment, submissions, workFolder, stop }
}

/** `sbatch` that says when it is called, so that the controller can be stopped in just that moment. */
function tellingSbatch(folder: string, submissions: string): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(submissions, '')
  writeFileSync(join(bin, 'sbatch'), `#!/bin/sh\nprintf x >>${submissions}\nexec ${pathOf('sbatch') ?? 'sbatch'} "$@"\n`)
  chmodSync(join(bin, 'sbatch'), 0o755)
  return bin
}

function siteAt(workFolder: string, configFile: string, batch: string) {
  const rehearsal = `echo run >>executions; exec ${process.execPath} ${resolve('bin/dopant-rehearsal.js')}`
  return {
    transport: { kind: 'ssh', host: 'site', configFile },
    scheduler: 'slurm',
    workFolder,
    maxJobs: 8,
    pollSeconds: 1,
    graceSeconds: 3,
    vasp: { program: 'sh', args: ['-c', rehearsal], version: 'rehearsal' },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.4', DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.05' },
    ...(batch === 'slurm' ? { resources: { ranksPerNode: 1, memoryMibPerNode: 300, walltime: '00:05:00', partition: 'debug' } } : {}),
  }
}

/** Elements that the stand-in's model knows in an oxide. */
const charges = { Mg: 2, Al: 3, Sc: 3, Ti: 4, V: 4, Cr: 3, Mn: 4, Fe: 3, Ni: 3, Zn: 2, Ga: 3, Y: 3, Zr: 4, Nb: 5, B: 3, Si: 4, Ge: 4, Sn: 4, In: 3, Ca: 2 }

/** A cell of a dozen atoms, a relaxation and a single point for each start of each member; nothing is reused. */
export function chaosScreen(calculations: number): string {
  const members = Math.max(1, Math.ceil(calculations / 2) - 1)
  const elements = Object.keys(charges)
  const starts = Math.ceil((members + 1) / (elements.length + 1))
  return stringify({
    name: 'chaos',
    host: { file: resolve('structures/licoo2.cif'), oxidationStates: { Li: 1, Co: 3, O: -2, ...charges }, form: 'bulk' },
    dopants: { elements: elements.slice(0, Math.ceil((members + 1) / starts) - 1), sites: [{ replace: 'Co' }] },
    starts,
  })
}

/** A project whose screen has about so many calculations. */
export function chaosProject({ folder }: ChaosBed, name: string, calculations: number): string {
  const project = join(folder, name)
  if (existsSync(project)) return project
  mkdirSync(project)
  writeFileSync(join(project, 'dopant.yaml'), '')
  writeFileSync(join(project, 'screen.yaml'), chaosScreen(calculations))
  return project
}
