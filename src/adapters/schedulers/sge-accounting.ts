import type { EndReason, FinalState, NativeId } from '../../ports/scheduler.ts'
import type { CommandResult } from '../../ports/transport.ts'
import { readAnswer } from './ask.ts'

/** One call for each id, because qacct takes one. An id that it does not know yet is no failure of the others. */
export const qacctListing = `
for id; do qacct -j "\${id%%.*}" || [ "$?" -eq 1 ] || return; done`

/** The file of records comes with the first job that ends, and some sites have it on the controller's machine only. */
const harmless =
  /job id \S+ not found|job name \S+ not found|no jobs running since startup|\/accounting: No such file or directory/i

/** Reads records between lines of `=`; of several for one id the last counts, because earlier ones tell of restarts. */
export function readQacct(output: CommandResult): ReadonlyMap<NativeId, FinalState> {
  const text = readAnswer('sge', output, { harmless }).lines.join('\n')
  const ended = new Map<NativeId, FinalState>()
  for (const block of text.split(/^=+$/m)) {
    const record = new Map(
      [...block.matchAll(/^(\S+) +(.*?) *$/gm)].map(([, key = '', value = '']) => [key, value]),
    )
    const id = record.get('jobnumber')
    const failed = record.get('failed') ?? ''
    const exit = Number.parseInt(record.get('exit_status') ?? '', 10)
    if (id === undefined || Number.isNaN(exit) || isRestart(failed)) continue
    ended.set(id, {
      name: record.get('jobname') ?? '',
      reason: endReason(failed, exit),
      exitCode: exit,
      native: `failed ${failed}, exit_status ${record.get('exit_status')}`,
    })
  }
  return ended
}

/** 24: migrating, 25: rescheduling. The job goes on. */
function isRestart(failed: string): boolean {
  return /^2[45]\b/.test(failed)
}

/**
 * @source sge_status(5); 100 is «ended by a signal»: by KILL or, with -notify, by USR2 before it when it was deleted
 */
function endReason(failed: string, exit: number): EndReason {
  if (/^37\b|h_rt/.test(failed)) return 'walltime'
  if (/^100\b/.test(failed) && (exit === 137 || exit === 140)) return 'cancelled'
  if (failed === '0' && exit === 0) return 'completed'
  return 'failed'
}
