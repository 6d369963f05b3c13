import { readdirSync, readFileSync, readlinkSync, watch } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { SlurmBed } from '../../integration/slurm/slurm-bed.ts'
import type { Blow, BlowKind } from './blow-plan.ts'
import type { ChaosBed } from './chaos-bed.ts'
import type { SmallDisk } from './small-disk.ts'

export function canFall(kind: BlowKind, bed: ChaosBed, disk: SmallDisk): boolean {
  if (kind === 'fill the disk') return disk.isThere()
  return bed.slurm !== undefined || !/controller|job/.test(kind)
}

/** Lets a blow fall on the cluster, the way to it or the disk. Returns what became of it. */
export async function strikeOutside(bed: ChaosBed, disk: SmallDisk, { kind, forSeconds, which }: Blow): Promise<string> {
  const { server, slurm } = bed
  if (kind === 'cut the connections') return `${server.killSessions()} of them`
  if (kind === 'fill the disk') await disk.fill(forSeconds)
  else if (kind === 'kill a job') return killJob(bed.workFolder('shot'), which)
  else if (slurm !== undefined) return strikeController(slurm, bed.submissions, kind, forSeconds)
  return `for ${forSeconds.toFixed(1)} s`
}

async function strikeController(slurm: SlurmBed, submissions: string, kind: BlowKind, seconds: number): Promise<string> {
  const isAtWork = kind === 'stop the controller while submitting' ? await untilSubmission(submissions) : undefined
  if (kind === 'freeze the controller') slurm.freezeController()
  else await slurm.stopController(kind === 'kill the controller' ? 'SIGKILL' : 'SIGTERM')
  await wait(seconds * 1000)
  if (kind === 'freeze the controller') slurm.thawController()
  else await slurm.startController()
  const missed = isAtWork === false ? ', though nothing was submitted just then' : ''
  return `for ${seconds.toFixed(1)} s${missed}`
}

/** Is something submitted within so many seconds? */
export function untilSubmission(submissions: string, seconds = 10): Promise<boolean> {
  return new Promise((done) => {
    const watcher = watch(submissions)
    const tell = (isAtWork: boolean): void => {
      watcher.close()
      clearTimeout(timer)
      done(isAtWork)
    }
    const timer = setTimeout(() => tell(false), 1000 * seconds)
    watcher.once('change', () => tell(true))
  })
}

/** Ends the program of a running job, as a node without memory does; waited for, because they are short. */
async function killJob(workFolder: string, which: number): Promise<string> {
  for (const end = performance.now() + 10_000; performance.now() < end; await wait(50)) {
    const found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isRehearsalIn(pid, workFolder))
    const pid = found[Math.floor(which * found.length)]
    if (pid !== undefined) return endQuietly(Number(pid)) ? `1 of ${found.length}` : 'it had just ended'
  }
  return 'none was running'
}

function endQuietly(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

function isRehearsalIn(pid: string, workFolder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${workFolder}/`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dopant-rehearsal')
  } catch {
    return false // It has ended by itself.
  }
}
