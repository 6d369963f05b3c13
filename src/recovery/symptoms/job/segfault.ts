import { hasBegun, segfaultSign, segfaultWords } from './segfault-at-start.ts'
import type { Symptom } from '../../symptom.ts'

export const segfault: Symptom = {
  name: 'segfault',
  message: segfaultWords,
  cause: 'A crash on the way: memory, a bad geometry, or a node.',
  cure: 'Once more from CONTCAR, then with fewer ranks a node.',
  advice: 'Look at the geometry and at the memory of the last steps.',
  source: 'messages of Intel and GNU Fortran',
  weight: 'ending',
  watches: false,
  detects: (run) => (hasBegun(run) ? segfaultSign(run) : undefined),
  ladder: [
    {
      class: 'numerics',
      reason: 'A crash that does not come back was the machine’s.',
      changes: () => [{ kind: 'start', geometry: 'contcar', wavecar: 'ignore' }],
    },
    {
      class: 'numerics',
      reason: 'One that does is often a lack of memory.',
      changes: () => [{ kind: 'layout', change: 'halve-ranks-per-node' }],
    },
  ],
}
