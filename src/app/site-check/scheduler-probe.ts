import { isKnownError } from '../../base/known-error.ts'
import type { JobStatus, NativeId } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import { ok, wrong, type Probe } from './probe.ts'

/** Does the batch system answer the question that polling will ask? */
export const schedulerProbe: Probe = {
  name: 'scheduler',
  needs: ['connection'],
  run: async ({ connection }) => {
    const { scheduler, transport } = connection
    const answer = await transport.run(scheduler.statusCommand())
    try {
      return ok(`${scheduler.name} lists ${countJobs(scheduler.readStates(answer))}`)
    } catch (error) {
      if (!isKnownError(error)) throw error
      return wrong(error.message, await remedyFor(connection))
    }
  },
}

function countJobs(jobs: ReadonlyMap<NativeId, JobStatus>): string {
  const running = [...jobs.values()].filter(({ state }) => state === 'running').length
  return jobs.size === 0 ? 'no job of yours' : `${jobs.size} job(s) of yours, ${running} running`
}

const programs = [
  ['sbatch', 'slurm'],
  ['bsub', 'lsf'],
  ['qsub', 'pbs, torque or sge'],
] as const

/** Names the batch system that is there, so that the reader need not guess. */
async function remedyFor({ site, scheduler, transport }: SiteConnection): Promise<string> {
  const script = `for name in ${programs.map(([program]) => program).join(' ')}; do command -v "$name"; done; :`
  const { stdout } = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-which'] })
  const there = programs.filter(([program]) => stdout.split('\n').some((line) => line.endsWith(`/${program}`)))
  const others = there.filter(([, names]) => !names.includes(scheduler.name))
  if (others.length > 0) {
    const words = others.map(([program, names]) => `${names} (it has ${program})`).join(' or ')
    return `Set scheduler of ${site.name} to ${words}.`
  }
  return there.length > 0
    ? `The commands of ${scheduler.name} are there: ask again when its controller answers, or ask the site's administrators.`
    : `Set scheduler of ${site.name} to the batch system of that machine, direct if it has none; or put its commands on the PATH of a login without a terminal.`
}
