import type { EndReason, FinalState, NativeId } from '../../ports/scheduler.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { readAnswer } from './ask.ts'

/** bjobs itself remembers a job for CLEAN_PERIOD (an hour) after its end. */
export const endedListing =
  'LSB_NTRIES=1; export LSB_NTRIES; bjobs -a -noheader -o \'jobid jobindex stat exit_code job_name exit_reason delimiter="|"\' "$@"'

const harmless = /is not found|No (?:unfinished )?job found/i

export function readEndedLsfJobs(output: CommandResult): ReadonlyMap<NativeId, FinalState> {
  const ended = new Map<NativeId, FinalState>()
  for (const line of readAnswer('lsf', output, { harmless }).lines) {
    const [, id, index, native = '', code = '', name = '', why = ''] =
      /^(\d+)\|(\d+|-)\|(DONE|EXIT)\|(\d*|-)\|([^|]*)\|(.*)$/.exec(line) ?? []
    if (id === undefined) continue
    const exitCode = native === 'DONE' ? 0 : Number.parseInt(code, 10)
    ended.set(arrayId(id, index), {
      name,
      reason: native === 'DONE' ? 'completed' : endReason(why),
      ...(Number.isNaN(exitCode) ? {} : { exitCode }),
      native: why === '-' || why === '' ? native : `${native} ${why}`,
    })
  }
  return ended
}

/** `7[3]` for the third element of an array; a job that is none has the index 0. */
export function arrayId(id: string, index = '0'): NativeId {
  return /^[1-9]/.test(index) ? `${id}[${index}]` : id
}

/** @source LSF, job termination reasons (bacct, bhist, bjobs -o exit_reason) */
function endReason(why: string): EndReason {
  const word = /TERM_[A-Z_]+/.exec(why)?.[0] ?? ''
  return reasons[word] ?? 'failed'
}

const reasons: Readonly<Record<string, EndReason>> = {
  TERM_RUNLIMIT: 'walltime',
  TERM_DEADLINE: 'walltime',
  TERM_MEMLIMIT: 'out-of-memory',
  TERM_SWAP: 'out-of-memory',
  TERM_OWNER: 'cancelled',
  TERM_FORCE_OWNER: 'cancelled',
  TERM_ADMIN: 'cancelled',
  TERM_FORCE_ADMIN: 'cancelled',
  TERM_PREEMPT: 'preempted',
  TERM_REMOVE_HUNG_JOB: 'node-failure',
  TERM_ZOMBIE: 'node-failure',
  TERM_RMS: 'node-failure',
}
