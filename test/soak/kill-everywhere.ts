/**
 * Real `dopant` processes drive a site over a real OpenSSH server while seeded shots kill the client, the SSH session or the
 * submitting shell at points of the protocol, or stop the controller in the middle of a submission. In between, the project's
 * store is replaced by an older copy, and a copy of the project on «another machine» tries too. Executions are counted on the
 * compute side: every attempt that was not closed runs once. Prints a ledger; exits with 1 otherwise.
 *
 *     npx tsx test/soak/kill-everywhere.ts [projects] [seed] [fake|slurm] [shots]     6 projects of 5 shots by default, two minutes each
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stringify } from 'yaml'
import { seededRandom, type Random } from '../../src/base/seeded-random.ts'
import { whyNoSlurm, startSlurm } from '../integration/slurm/slurm-bed.ts'
import { startSshd, testClient } from '../integration/sshd/sshd.ts'
import { attemptsBelow, isWrong, tally } from './executions.ts'
import { fakeSlurm } from './fake-slurm.ts'
import { faults, protocolPoints, type Fault, type ProtocolPoints } from './protocol-points.ts'

const projects = Number(process.argv[2] ?? 6)
const seed = process.argv[3] ?? 'everywhere'
const batch = process.argv[4] ?? 'fake'
const shotsEach = Number(process.argv[5] ?? 5)
const folder = mkdtempSync(join(tmpdir(), 'dke-'))
const events: string[] = []

interface Bed {
  readonly points: ProtocolPoints
  readonly environment: NodeJS.ProcessEnv
  readonly workFolder: string
  stop(): Promise<void>
}

async function makeBed(): Promise<Bed> {
  const slurm = batch === 'slurm' ? await startSlurm() : undefined
  const site = slurm === undefined ? fakeSlurm(folder).bin : ''
  const path = [site, process.env['PATH'] ?? ''].filter((part) => part !== '').join(':')
  const points = protocolPoints(folder, path, slurm === undefined ? '' : controllerOf(slurm.folder))
  const client = testClient(join(folder, 'client'))
  const server = await startSshd(join(folder, 'server'), {
    authorized: client.publicKey,
    environment: { ...slurm?.environment, PATH: `${points.bin}:${path}` },
  })
  client.addHost('site', server)
  client.trust(server)
  const workFolder = join(folder, 'work')
  writeSites(join(folder, 'config'), client.configFile, workFolder)
  const stop = async (): Promise<void> => {
    await server.stop()
    await slurm?.stop()
  }
  const environment = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state-of-one'), DOPANT_SHORTEST_POLL_SECONDS: '1' }
  return { points, environment, workFolder, stop }
}

function controllerOf(slurmFolder: string): string {
  return readFileSync(join(slurmFolder, 'run/slurmctld.pid'), 'utf8').trim()
}

function writeSites(config: string, configFile: string, workFolder: string): void {
  mkdirSync(join(config, 'dopant'), { recursive: true })
  const site = {
    transport: { kind: 'ssh', host: 'site', configFile },
    scheduler: 'slurm',
    workFolder,
    maxJobs: 30,
    pollSeconds: 1,
    graceSeconds: 2,
    // It leaves no OUTCAR, so that each calculation has several attempts before it is given up.
    vasp: { program: 'sh', args: ['-c', 'echo run >>executions'], version: 'rehearsal' },
    ...(batch === 'slurm' ? { resources: { ranksPerNode: 1, memoryMibPerNode: 50, walltime: '00:05:00', partition: 'debug' } } : {}),
  }
  writeFileSync(join(config, 'dopant', 'sites.yaml'), stringify({ cluster: site }))
}

/** Five relaxations, or two in the short form; what follows them waits for ever. */
const screen = `
name: screen
site: cluster
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants:
  elements: ${shotsEach < 5 ? '[B]' : '[B, Al, Ga, Ti]'}
  sites: [{ replace: Mn, wyckoff: 4g }]
method: { hubbardU: { Mn: 4.5 } }
`

interface Running {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number | null>
}

function dopant(args: readonly string[], environment: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [resolve('bin/dopant.js'), ...args], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const ended = new Promise<number | null>((done) => child.on('close', done))
  return { child, said: () => text, ended }
}

const hasEnded = ({ child }: Running): boolean => child.exitCode !== null || child.signalCode !== null

async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(20)) if (holds()) return true
  return holds()
}

async function kill(running: Running): Promise<void> {
  running.child.kill('SIGKILL')
  await running.ended
}

async function campaign(bed: Bed, project: string, random: Random): Promise<void> {
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, 'dopant.yaml'), '')
  writeFileSync(join(project, 'screen.yaml'), screen)
  const copies: string[] = []
  let running = dopant(['run', join(project, 'screen.yaml')], bed.environment)
  const known = attemptsBelow(bed.workFolder).length
  await until(() => attemptsBelow(bed.workFolder).length > known || hasEnded(running), 60)
  for (let shot = 0; shot < shotsEach; shot++) {
    const kinds: readonly Fault[] = batch === 'slurm' ? faults : faults.filter((each) => each !== 'freeze')
    const fault = kinds[Math.floor(random() * kinds.length)] ?? 'shell'
    bed.points.arm({ fault, when: random() < 0.5 ? 'before' : 'after', afterPrograms: Math.floor(random() * 60) }, running.child.pid ?? 0)
    await until(() => bed.points.isFired() || hasEnded(running), 40)
    bed.points.disarm()
    note(`shot ${shot}, ${fault}: ${bed.points.isFired() ? bed.points.shots().at(-1) : 'not fired'}`)
    if (fault !== 'client' && bed.points.isFired()) await wait(500 + random() * 1000)
    // What comes before an old store or a second machine is always a dead engine.
    if (fault !== 'client' && shot !== shotsEach - 3 && shot !== shotsEach - 2 && random() < 0.5) continue
    await kill(running)
    note(running.said())
    refuseOwnFault(running, project)
    copies.push(copyOf(project, `${project}-store-${shot}`))
    if (shot === shotsEach - 3) await restoreOld(bed, project, copies[0] ?? '')
    if (shot === shotsEach - 2) await trySecondMachine(bed, project)
    running = dopant(['run', join(project, 'screen.yaml')], bed.environment)
  }
  if (!(await until(() => hasEnded(running), 240))) throw new Error(`it did not end:\n${running.said()}`)
  await running.ended
  note(running.said())
  events.push(`ended with ${running.child.exitCode}`)
}

function note(text: string): void {
  if (process.env['DOPANT_SOAK_VERBOSE'] !== undefined) console.error(`${(performance.now() / 1000).toFixed(1)} s: ${text}`)
}

function refuseOwnFault({ said }: Running, project: string): void {
  if (!existsSync(join(project, '.dopant'))) throw new Error(`nothing was begun:\n${said()}`)
}

function copyOf(project: string, target: string): string {
  cpSync(join(project, '.dopant'), target, { recursive: true, filter: (path) => !path.endsWith('owner.json') })
  return target
}

/** The disk broke and a backup was put back: the site has seen more than the store, and a person says so. */
async function restoreOld(bed: Bed, project: string, copy: string): Promise<void> {
  if (!existsSync(copy)) return
  rmSync(join(project, '.dopant'), { recursive: true })
  cpSync(copy, join(project, '.dopant'), { recursive: true })
  const refused = dopant(['run', join(project, 'screen.yaml')], bed.environment)
  await until(() => /Nothing was changed on cluster/.test(refused.said()) || hasEnded(refused), 20)
  events.push(/this store is older/.test(refused.said()) ? 'an old store was restored and refused' : 'an old store was restored: nothing newer on the site')
  await kill(refused)
  await takeOver(bed.environment, project)
}

/** A copy of the whole project on another laptop: refused, until a person takes over; then the first one is refused. */
async function trySecondMachine(bed: Bed, project: string): Promise<void> {
  const other = `${project}-on-another-laptop`
  cpSync(project, other, { recursive: true })
  const environment = { ...bed.environment, XDG_STATE_HOME: join(folder, 'state-of-two') }
  const second = dopant(['run', join(other, 'screen.yaml')], environment)
  await until(() => /Nothing was changed on cluster/.test(second.said()) || hasEnded(second), 15)
  events.push(/Nothing was changed on cluster/.test(second.said()) ? 'a second machine was refused' : 'a second machine found nothing to do')
  await kill(second)
  await takeOver(environment, other)
  const driving = dopant(['run', join(other, 'screen.yaml')], environment)
  await wait(4000)
  await kill(driving)
  events.push('a second machine took over, and was killed')
  await takeOver(bed.environment, project)
}

async function takeOver(environment: NodeJS.ProcessEnv, project: string): Promise<void> {
  const taking = dopant(['take-over', '--site', 'cluster', '--yes', '--project', project], environment)
  const code = await taking.ended
  if (code !== 0) throw new Error(`take-over ended with ${code}: ${taking.said()}`)
}

function report(bed: Bed): boolean {
  const attempts = attemptsBelow(bed.workFolder)
  const aside = attempts.flatMap((each) => each.aside.map((line) => `${each.path.slice(bed.workFolder.length)}: ${line}`))
  const wrong = attempts.filter(isWrong)
  const begun = readdirSync(bed.workFolder).length
  console.log(`seed ${seed}, ${projects} projects over a real SSH server, batch system: ${batch}`)
  console.log(`shots: ${tally(bed.points.shots())}`)
  console.log(`events: ${tally(events)}`)
  console.log(`project folders on the site: ${begun}, attempts: ${attempts.length}, closed before a job came: ${attempts.filter(({ claim }) => claim === 'revoked').length}`)
  console.log(`executions of an attempt: ${tally(attempts.map(({ executions }) => `${executions}x`))}`)
  console.log(`jobs that stepped aside: ${aside.length}`)
  for (const line of aside) console.log(`  ${line}`)
  console.log(`attempts executed another number of times than they should: ${wrong.length}`)
  for (const each of wrong) console.log(`  ${JSON.stringify(each)}`)
  return wrong.length === 0 && attempts.length > 0
}

const reason = batch === 'slurm' ? await whyNoSlurm() : undefined
if (reason !== undefined) console.log(`skipped: ${reason}`)
else {
  const bed = await makeBed()
  try {
    for (let i = 0; i < projects; i++) {
      await campaign(bed, join(folder, `project-${i}`), seededRandom(`${seed}-${i}`))
      console.error(`project ${i + 1} of ${projects} is through`)
    }
    await wait(2000) // duplicates that are still to start
    process.exitCode = report(bed) ? 0 : 1
  } finally {
    await bed.stop()
    if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    else console.error(`left for a look: ${folder}`)
  }
}
