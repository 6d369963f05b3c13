import { fromContcar } from '../../changes.ts'
import type { LayoutChange } from '../../correction.ts'
import { numberInForce } from '../../run-reading.ts'
import type { Rung } from '../../symptom.ts'
import { schedulerSymptom } from '../../scheduler-symptom.ts'

function layout(change: LayoutChange, reason: string, cap = 1): Rung {
  return { class: 'numerics', reason, cap, changes: () => [{ kind: 'layout', change }, fromContcar] }
}

export const outOfMemory = schedulerSymptom({
  name: 'out_of_memory',
  message: [
    'Allocation would exceed memory limit',
    'Cannot allocate memory',
    'oom-kill event',
    'oom_kill event',
    'Out Of Memory',
    'exceeded memory limit',
    'Exceeded job memory limit',
    'job killed after reaching LSF memory usage limit',
    'insufficient virtual memory',
    'exceeds job hard limit "h_vmem"',
  ],
  patterns: [/\bmem(ory)?\b.*exceeded limit/i, /severe \(41\).*insufficient virtual memory/i],
  reasons: [/^OUT_OF_ME/i, /^OOM\b/i, /TERM_MEMLIMIT/, /\bmem\b.*exceeded/i],
  cause: 'The ranks of a node need more memory than the job was given.',
  cure: 'KPAR = 1, then NCORE doubled (twice), then half the ranks a node, then twice the nodes. Never LREAL, ENCUT or a smaller grid, which change the energy of one member.',
  advice: 'Ask for nodes with more memory.',
  source:
    'domain of parallel VASP (https://vasp.at/wiki/Memory_requirements); custodian, StdErrHandler, for KPAR',
  ladder: [
    {
      ...layout('kpar-1', 'Every group of k-points holds a copy of the density: one group needs least.'),
      changes: (run) =>
        numberInForce(run, 'KPAR') === 1 ? undefined : [{ kind: 'layout', change: 'kpar-1' }, fromContcar],
    },
    layout('double-ncore', 'More cores on one band share its work arrays.', 2),
    layout('halve-ranks-per-node', 'Fewer ranks a node leave more memory to each.', 2),
    layout('double-nodes', 'More nodes hold more memory.'),
  ],
})
