import type { EndReason, FinalState, NativeId } from '../../ports/scheduler.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { readAnswer } from './ask.ts'

/** Only the job's own row: the rows of its steps carry other states (a job TIMEOUT has a step CANCELLED). */
export const sacctListing = `
unset SACCT_FORMAT
for id; do ids=\${ids:+$ids,}\${id%%;*}; done
sacct --allocations --noheader --parsable2 --format=JobID,State,ExitCode,JobName --jobs="$ids"`

/** Accounting that is off knows nothing, which is no outage. */
const harmless = /accounting storage is disabled|not running a supported accounting_storage/i

/**
 * A job whose row still says RUNNING or PENDING is left out: accounting lags behind the queue. So is one whose end was
 * told to slurmdbd before its start, which comes in batches some seconds later: until then its name is `allocation`.
 */
export function readAccounting(output: CommandResult): ReadonlyMap<NativeId, FinalState> {
  const ended = new Map<NativeId, FinalState>()
  for (const line of readAnswer('slurm', output, { harmless }).lines) {
    const [, id, native = '', code = '', signal = '', name = ''] =
      /^(\S+?)\|([^|]*)\|(\d+):(\d+)\|(.*)$/.exec(line) ?? []
    // «CANCELLED by 1001»: the first word is the state.
    const reason = reasons[native.split(' ')[0] ?? '']
    if (id === undefined || reason === undefined || name === nameNotYetKnown) continue
    ended.set(id, { name, reason, exitCode: exitCode(Number(code), Number(signal)), native })
  }
  return ended
}

/** What slurmdbd calls a job of which it has not been told the name (seen with 22.05). */
const nameNotYetKnown = 'allocation'

const reasons: Readonly<Record<string, EndReason>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  LAUNCH_FAILED: 'failed',
  TIMEOUT: 'walltime',
  DEADLINE: 'walltime',
  OUT_OF_MEMORY: 'out-of-memory',
  NODE_FAIL: 'node-failure',
  BOOT_FAIL: 'node-failure',
  CANCELLED: 'cancelled',
  PREEMPTED: 'preempted',
}

/** Slurm writes code:signal; 125 in the place of a signal marks memory. */
function exitCode(code: number, signal: number): number {
  if (signal === 0 || code !== 0) return code
  return signal >= 65 ? signal : 128 + signal
}
