import type { EndReason, FinalState, NativeId } from '../../ports/scheduler.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { readAnswer } from './ask.ts'
import { pbsJobs } from './pbs-jobs.ts'

const harmless = /Unknown Job Id|Job has finished|not configured to maintain job history/i

/** The jobs of `qstat -x -f` (Torque: `qstat -f`) that are over. */
export function readEndedJobs(scheduler: string, output: CommandResult): ReadonlyMap<NativeId, FinalState> {
  const ended = new Map<NativeId, FinalState>()
  for (const { id, attributes } of pbsJobs(readAnswer(scheduler, output, { harmless }).lines)) {
    const native = attributes.get('job_state') ?? ''
    if (native !== 'F' && native !== 'C') continue
    const comment = attributes.get('comment') ?? ''
    // Torque writes it small.
    const text = attributes.get('Exit_status') ?? attributes.get('exit_status')
    const status = text === undefined ? undefined : Number(text)
    ended.set(id, {
      name: attributes.get('Job_Name') ?? '',
      reason: endReason(scheduler, status, comment),
      ...(status === undefined || status < 0
        ? {}
        : { exitCode: status > 256 ? 128 + (status - 256) : status }),
      native: [native, status, comment].filter((part) => part !== undefined && part !== '').join(' '),
    })
  }
  return ended
}

/**
 * @source OpenPBS, job exit codes: negative ones are the server's own verdict; 256 + n is a signal that PBS sent (qdel:
 *   271, forced 265), 128 + n one that came from elsewhere. Torque has other negative ones (-10 memory, -11 walltime).
 */
function endReason(scheduler: string, status: number | undefined, comment: string): EndReason {
  if (/exceeded resource walltime|walltime \d+ exceeded limit/i.test(comment)) return 'walltime'
  if (/mem \S+ exceeded limit|exceeded resource v?mem/i.test(comment)) return 'out-of-memory'
  if (status === undefined) return 'cancelled' // deleted before it ran
  const own = scheduler === 'torque' ? torqueCodes[status] : pbsCodes[status]
  if (own !== undefined) return own
  if (status === 0) return 'completed'
  return status > 256 ? 'cancelled' : 'failed'
}

const pbsCodes: Readonly<Record<number, EndReason>> = {
  [-26]: 'out-of-memory',
  [-27]: 'out-of-memory',
  [-29]: 'walltime',
}
const torqueCodes: Readonly<Record<number, EndReason>> = { [-10]: 'out-of-memory', [-11]: 'walltime' }
