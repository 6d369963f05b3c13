import type { RunContext } from '../run-context.ts'
import { fixed } from './fortran.ts'
import { ionTables } from './ion-tables.ts'

export interface Timing {
  readonly cpuSeconds: number
  readonly elapsedSeconds: number
  readonly memoryKilobytes: number
}

/** The end of a run that was not cut off. Only such a run has the timing block. */
export function outcarEnd(run: RunContext, timing: Timing): string {
  const row = (label: string, value: string) => `${label.padStart(40)}: ${value.padStart(12)}`
  return [
    ionTables(run),
    '',
    ' total amount of memory used by VASP MPI-rank0    30000. kBytes',
    '=======================================================================',
    '',
    '  ',
    '  ',
    ' General timing and accounting informations for this job:',
    ' ========================================================',
    '  ',
    row('Total CPU time used (sec)', fixed(timing.cpuSeconds, 12, 3)),
    row('User time (sec)', fixed(timing.cpuSeconds, 12, 3)),
    row('System time (sec)', fixed(0, 12, 3)),
    row('Elapsed time (sec)', fixed(timing.elapsedSeconds, 12, 3)),
    '  ',
    row('Maximum memory used (kb)', `${timing.memoryKilobytes.toFixed(0)}.`),
    row('Average memory used (kb)', 'N/A'),
    '  ',
    row('Minor page faults', '0'),
    row('Major page faults', '0'),
    row('Voluntary context switches', '0'),
    '',
  ].join('\n')
}
