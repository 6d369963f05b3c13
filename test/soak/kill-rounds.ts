import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../../src/base/seeded-random.ts'
import { dopant, hasEnded, kill, until, type KillBed, type Running } from './kill-bed.ts'
import type { Fault, Shot } from './protocol-points.ts'

const screen = (dopants: number): string => `
name: screen
site: cluster
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants:
  elements: [${['B', 'Al', 'Ga', 'Ti', 'P', 'Si', 'Mg', 'Ge', 'Zr', 'Sn'].slice(0, dopants).join(', ')}]
  sites: [{ replace: Mn, wyckoff: 4g }]
method: { hubbardU: { Mn: 4.5 } }
`

export interface Rounds {
  readonly shots: number
  /** Calculations that run at a time, less one; what follows them waits for ever. */
  readonly dopants: number
  readonly random: Random
  /** No further shot from then on, by `performance.now`. */
  readonly endMs: number
  readonly note: (event: string) => void
}

/** One project under fire, from its first shot until a run that is left alone has ended. */
export async function rounds(bed: KillBed, { shots, dopants, random, endMs, note }: Rounds): Promise<void> {
  const project = join(bed.folder, 'project')
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, 'dopant.yaml'), '')
  writeFileSync(join(project, 'screen.yaml'), screen(dopants))
  const run = (): Running => dopant(['run', join(project, 'screen.yaml')], bed.environment)
  // The same engine, without a plan to make: it is up again sooner.
  const serve = (): Running => dopant(['serve', '--port', '0', '--project', project], bed.environment)
  let running = run()
  await until(() => existsSync(bed.workFolder) || hasEnded(running), 120)
  let copy: string | undefined
  for (let shot = 1; shot <= shots && performance.now() < endMs; ) {
    const fault = await fire(bed, running, random)
    tellShot(shot, fault, running)
    if (fault === undefined) {
      if (await isIdle(bed, running)) running = await goOn(bed, project, running, serve, note)
      continue
    }
    shot += 1
    if (fault === 'client') await running.ended
    else await wait(100 + random() * 400)
    const isOldStore = shot === Math.floor(shots / 3)
    const isOtherMachine = shot === Math.floor((2 * shots) / 3)
    if (fault !== 'client' && !isOldStore && !isOtherMachine) continue
    await kill(running)
    refuseOwnFault(running, project)
    if (isOldStore && copy !== undefined) await restoreOld(bed, project, copy, note)
    if (isOtherMachine) await trySecondMachine(bed, project, note)
    copy ??= copyOf(project)
    running = serve()
  }
  await kill(running)
  await letEnd(run(), note)
}

function tellShot(shot: number, fault: Fault | undefined, running: Running): void {
  if (process.env['DOPANT_SOAK_VERBOSE'] === undefined) return
  const said = running.said().trim().split('\n').slice(-2).join(' | ')
  console.error(`${(performance.now() / 1000).toFixed(1)} s: shot ${shot} ${fault ?? 'not fired'}${hasEnded(running) ? ', ended' : ''} ${said}`)
}

/** Of every fault some at any program that the site runs for us, and as many at the programs of a submission. */
async function fire(bed: KillBed, running: Running, random: Random): Promise<Fault | undefined> {
  const shot = chooseShot(bed, random)
  // Nothing of a submission comes while all wait for the next try of a cut one: then any program will do.
  for (const [each, seconds] of [[shot, 8], [{ ...shot, only: '-', afterPrograms: 0 }, 20]] as const) {
    bed.points.arm(each, running.child.pid ?? 0)
    await until(() => bed.points.isFired() || hasEnded(running), seconds)
    const isFired = bed.points.isFired()
    bed.points.disarm()
    if (isFired) return shot.fault
  }
  return undefined
}

/** Everything was tried as often as it may be, and nothing is asked of the site any more. */
async function isIdle(bed: KillBed, running: Running): Promise<boolean> {
  if (hasEnded(running)) return true
  const asked = dopant(['status', '--json', '--project', join(bed.folder, 'project')], bed.environment)
  await asked.ended
  return !/"state":"(?:running|queued|ready|staged|submitting|submit-unknown|ended|collected)"/.test(asked.told())
}

function chooseShot({ kind }: KillBed, random: Random): Shot {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const when = pick(['before', 'after'] as const)
  const fault = pick<Fault>(['shell', 'shell', 'shell', 'shell', 'connection', 'connection', 'line', 'line', 'client', ...(kind === 'slurm' ? (['freeze'] as const) : [])])
  if (fault === 'freeze') return { fault, when: 'before', afterPrograms: 0, only: pick(['sbatch', 'sbatch', 'squeue']) }
  if (random() < 0.5) return { fault, when, afterPrograms: Math.floor(random() * 20) }
  const submission = ['mkdir', 'mv', 'ln', 'cat', 'tar', ...(kind === 'direct' ? [] : ['sbatch', 'sbatch'])]
  return { fault, when, afterPrograms: Math.floor(random() * 2), only: pick(submission) }
}

/** All tries are used up: a person lets them try again. */
async function goOn(bed: KillBed, project: string, before: Running, start: () => Running, note: Rounds['note']): Promise<Running> {
  note('everything was tried as often as it may be, and was asked to try again')
  await dopant(['retry', '--project', project], bed.environment).ended
  return hasEnded(before) ? start() : before
}

async function letEnd(running: Running, note: Rounds['note']): Promise<void> {
  if (!(await until(() => hasEnded(running), 900))) {
    await kill(running)
    throw new Error(`it did not end by itself:\n${running.said()}`)
  }
  await running.ended
  note(`ended with ${running.child.exitCode}`)
}

function refuseOwnFault({ said }: Running, project: string): void {
  if (!existsSync(join(project, '.dopant'))) throw new Error(`nothing was begun:\n${said()}`)
}

function copyOf(project: string): string {
  const target = `${project}-store`
  cpSync(join(project, '.dopant'), target, { recursive: true, filter: (path) => !path.endsWith('owner.json') })
  return target
}

/** The disk broke and a backup was put back: the site has seen more than the store, and a person says so. */
async function restoreOld(bed: KillBed, project: string, copy: string, note: Rounds['note']): Promise<void> {
  rmSync(join(project, '.dopant'), { recursive: true })
  cpSync(copy, join(project, '.dopant'), { recursive: true })
  const refused = dopant(['run', join(project, 'screen.yaml')], bed.environment)
  await until(() => /Nothing was changed on cluster/.test(refused.said()) || hasEnded(refused), 30)
  note(/this store is older/.test(refused.said()) ? 'an old store was restored and refused' : 'an old store was restored: nothing newer on the site')
  await kill(refused)
  await takeOver(bed.environment, project)
}

/** A copy of the whole project on another laptop: refused, until a person takes over; then the first one is refused. */
async function trySecondMachine(bed: KillBed, project: string, note: Rounds['note']): Promise<void> {
  const other = `${project}-on-another-laptop`
  cpSync(project, other, { recursive: true })
  const environment = { ...bed.environment, XDG_STATE_HOME: join(bed.folder, 'state-of-two') }
  const second = dopant(['run', join(other, 'screen.yaml')], environment)
  await until(() => /Nothing was changed on cluster/.test(second.said()) || hasEnded(second), 30)
  note(/Nothing was changed on cluster/.test(second.said()) ? 'a second machine was refused' : 'a second machine found nothing to do')
  await kill(second)
  await takeOver(environment, other)
  const driving = dopant(['run', join(other, 'screen.yaml')], environment)
  await wait(6000)
  await kill(driving)
  note('a second machine took over, and was killed')
  await takeOver(bed.environment, project)
}

/** Tried again, because a shot may still have the line or the controller. */
async function takeOver(environment: NodeJS.ProcessEnv, project: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const taking = dopant(['take-over', '--site', 'cluster', '--yes', '--project', project], environment)
    const code = await taking.ended
    if (code === 0) return
    if (tries === 3) throw new Error(`take-over ended with ${code}: ${taking.said()}`)
    await wait(3000)
  }
}
