/**
 * A screen through a real Slurm over a real SSH server, while seeded blows fall: the engine is killed, its connections are cut, the
 * controller stops answering, the disk of the project is full. At the end everything is done, every attempt that was not closed
 * ran once, counted on the compute side, and the tables hold the same bytes as those of a run that was left alone. Prints a
 * ledger; exits with 1 otherwise.
 *
 *     npx tsx test/soak/chaos.ts [blows] [seed] [calculations] [slurm|fake]     20 blows on 20 calculations by default
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stringify } from 'yaml'
import { seededRandom, type Random } from '../../src/base/seeded-random.ts'
import { startSlurm, whyNoSlurm, type SlurmBed } from '../integration/slurm/slurm-bed.ts'
import { startSshd, testClient, type TestSshd } from '../integration/sshd/sshd.ts'
import { attemptsBelow, isWrong, tally, type ExecutedAttempt } from './executions.ts'
import { fakeSlurm } from './fake-slurm.ts'

const blows = Number(process.argv[2] ?? 20)
const seed = process.argv[3] ?? 'chaos'
const calculations = Number(process.argv[4] ?? 20)
const batch = process.argv[5] ?? 'slurm'
const folder = mkdtempSync(join(tmpdir(), 'dch-'))
const longestSeconds = 60 + 30 * calculations

interface Bed {
  readonly server: TestSshd
  readonly slurm: SlurmBed | undefined
  readonly environment: NodeJS.ProcessEnv
}

async function makeBed(): Promise<Bed> {
  const slurm = batch === 'slurm' ? await startSlurm() : undefined
  const bin = slurm === undefined ? `${fakeSlurm(folder).bin}:` : ''
  const client = testClient(join(folder, 'client'))
  const path = `${bin}${process.env['PATH'] ?? ''}`
  const server = await startSshd(join(folder, 'server'), { authorized: client.publicKey, environment: { ...slurm?.environment, PATH: path } })
  client.addHost('site', server)
  client.trust(server)
  mkdirSync(join(folder, 'config', 'dopant'), { recursive: true })
  writeFileSync(join(folder, 'config', 'dopant', 'sites.yaml'), stringify({ calm: siteIn('calm', client.configFile), shot: siteIn('shot', client.configFile) }))
  const environment = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'home'), DOPANT_SHORTEST_POLL_SECONDS: '1' }
  return { server, slurm, environment }
}

/** Two sites on the same machines, so that the two runs share nothing. */
function siteIn(name: string, configFile: string) {
  const rehearsal = `echo run >>executions; exec ${process.execPath} ${resolve('bin/dopant-rehearsal.js')}`
  return {
    transport: { kind: 'ssh', host: 'site', configFile },
    scheduler: 'slurm',
    workFolder: join(folder, `work-${name}`),
    maxJobs: 8,
    pollSeconds: 1,
    graceSeconds: 3,
    vasp: { program: 'sh', args: ['-c', rehearsal], version: 'rehearsal' },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.4' },
    ...(batch === 'slurm' ? { resources: { ranksPerNode: 1, memoryMibPerNode: 300, walltime: '00:05:00', partition: 'debug' } } : {}),
  }
}

const charges = { Mg: 2, Al: 3, Sc: 3, Ti: 4, V: 4, Cr: 3, Mn: 4, Fe: 3, Ni: 3, Zn: 2, Ga: 3, Y: 3, Zr: 4, Nb: 5, B: 3, Si: 4, Ge: 4, Sn: 4, In: 3, Ca: 2 }

/** A cell of a dozen atoms, a relaxation and a single point for each element on each site; nothing is reused. */
function screenText(): string {
  const members = Math.ceil(calculations / 2) - 1
  const elements = Object.keys(charges)
  const sites = members > elements.length ? [{ replace: 'Co' }, { replace: 'Li' }] : [{ replace: 'Co' }]
  return stringify({
    name: 'chaos',
    host: { file: resolve('structures/licoo2.cif'), oxidationStates: { Li: 1, Co: 3, O: -2, ...charges }, form: 'bulk' },
    dopants: { elements: elements.slice(0, Math.ceil(members / sites.length)), sites },
  })
}

interface Running {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number | null>
}

function run(bed: Bed, project: string, site: string): Running {
  const args = [resolve('bin/dopant.js'), 'run', join(project, 'screen.yaml'), '--site', site]
  const child = spawn(process.execPath, args, { env: bed.environment, stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, said: () => text, ended: new Promise((done) => child.on('close', done)) }
}

function projectNamed(name: string): string {
  const project = join(folder, name)
  mkdirSync(project)
  writeFileSync(join(project, 'dopant.yaml'), '')
  writeFileSync(join(project, 'screen.yaml'), screenText())
  return project
}

const blowKinds = ['kill the engine', 'cut connections', 'freeze the controller', 'fill the disk'] as const
const ledger: string[] = []

async function strike(bed: Bed, project: string, running: Running, random: Random): Promise<Running> {
  const possible = blowKinds.filter((kind) => (kind !== 'freeze the controller' || bed.slurm !== undefined) && (kind !== 'fill the disk' || hasSmallDisk(project)))
  const kind = possible[Math.floor(random() * possible.length)] ?? 'kill the engine'
  ledger.push(kind)
  if (kind === 'cut connections') bed.server.killSessions()
  else if (kind === 'freeze the controller') await whileHeld(random, () => bed.slurm?.freezeController(), () => bed.slurm?.thawController())
  else if (kind === 'fill the disk') await fillDisk(project, random)
  else running.child.kill('SIGKILL')
  return running
}

async function whileHeld(random: Random, hold: () => void, free: () => void): Promise<void> {
  hold()
  await wait(2000 + 4000 * random())
  free()
}

/** A disk of its own for the project's state, where this user may mount one. */
function mountSmallDisk(project: string): void {
  const state = join(project, '.dopant')
  mkdirSync(state)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', state], { stdio: 'ignore' })
  } catch {
    console.log('the disk is not filled: this user may not mount one')
  }
}

function hasSmallDisk(project: string): boolean {
  return readFileSync('/proc/mounts', 'utf8').includes(` ${join(project, '.dopant')} `)
}

async function fillDisk(project: string, random: Random): Promise<void> {
  const filler = join(project, '.dopant', 'filler')
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M'], { stdio: 'ignore' })
  } catch {
    // It ends with «no space left», as it should.
  }
  await whileHeld(random, () => undefined, () => rmSync(filler, { force: true }))
}

async function underFire(bed: Bed, project: string): Promise<number | null> {
  const random = seededRandom(seed)
  mountSmallDisk(project)
  let running = run(bed, project, 'shot')
  for (let blow = 0; blow < blows; blow++) {
    await wait(1000 + 5000 * random())
    await strike(bed, project, running, random)
    if (await hasEnded(running)) running = run(bed, project, 'shot')
  }
  for (let tries = 0; tries < 5; tries++) {
    const code = await within(running, longestSeconds)
    if (code === 0) return 0
    ledger.push(`begun again after it ended with ${code}`)
    console.error(running.said().split('\n').slice(-8).join('\n'))
    running = run(bed, project, 'shot')
  }
  return within(running, longestSeconds)
}

/** A process that was just shot takes a moment to go. */
async function hasEnded({ child, ended }: Running): Promise<boolean> {
  await Promise.race([ended, wait(500)])
  return child.exitCode !== null || child.signalCode !== null
}

async function within({ child, ended }: Running, seconds: number): Promise<number | null> {
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
  return ended.finally(() => clearTimeout(timer))
}

function tables(project: string): ReadonlyMap<string, string> {
  const results = join(project, 'results', 'chaos')
  const names = existsSync(results) ? readdirSync(results).filter((name) => name.endsWith('.csv')) : []
  return new Map(names.map((name) => [name, readFileSync(join(results, name), 'utf8')]))
}

function report(calm: string, shot: string, seconds: readonly number[]): boolean {
  const attempts: readonly ExecutedAttempt[] = attemptsBelow(join(folder, 'work-shot'))
  const wrong = attempts.filter(isWrong)
  const [before, after] = [tables(calm), tables(shot)]
  const differing = [...before].filter(([name, text]) => after.get(name) !== text).map(([name]) => name)
  console.log(`seed ${seed}, ${blows} blows, batch system: ${batch}; left alone ${seconds[0]?.toFixed(0)} s, under fire ${seconds[1]?.toFixed(0)} s`)
  console.log(`blows: ${tally(ledger)}`)
  console.log(`attempts ${attempts.length}, closed before a job came ${attempts.filter(({ claim }) => claim === 'revoked').length}`)
  console.log(`executions of an attempt: ${tally(attempts.map(({ executions }) => `${executions}x`))}`)
  console.log(`attempts executed another number of times than they should: ${wrong.length}`)
  for (const each of wrong) console.log(`  ${JSON.stringify(each)}`)
  console.log(`tables: ${before.size}, that differ: ${differing.length === 0 ? 'none' : differing.join(', ')}`)
  return wrong.length === 0 && attempts.length > 0 && before.size > 0 && differing.length === 0
}

async function timed(work: () => Promise<number | null>): Promise<{ readonly code: number | null; readonly seconds: number }> {
  const started = performance.now()
  return { code: await work(), seconds: (performance.now() - started) / 1000 }
}

const reason = batch === 'slurm' ? await whyNoSlurm() : undefined
if (reason !== undefined) console.log(`skipped: ${reason}`)
else {
  const bed = await makeBed()
  const [calm, shot] = [projectNamed('calm'), projectNamed('shot')]
  try {
    const alone = await timed(() => within(run(bed, calm, 'calm'), longestSeconds))
    const fired = await timed(() => underFire(bed, shot))
    console.log(`left alone: exit ${alone.code}; under fire: exit ${fired.code}`)
    const isSame = report(calm, shot, [alone.seconds, fired.seconds])
    process.exitCode = isSame && alone.code === 0 && fired.code === 0 ? 0 : 1
  } finally {
    if (hasSmallDisk(shot)) execFileSync('umount', ['-l', join(shot, '.dopant')])
    await bed.server.stop()
    await bed.slurm?.stop()
    if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    else console.error(`left for a look: ${folder}`)
  }
}
