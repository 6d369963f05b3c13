import { algoAll, fromScratch } from '../../ladders/electronic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const edddav = messageSymptom({
  name: 'edddav',
  message: ['Error EDDDAV: Call to ZHEGV failed', 'ERROR in EDDDAV: call to ZHEGV failed'],
  cause:
    'Blocked Davidson met dependent orbitals: a bad geometry or density, or more ranks than bands can bear.',
  cure: 'From atoms at the last sound geometry, then ALGO = All, then NCORE doubled.',
  advice: 'Look at the geometry for overlapping atoms, and use fewer ranks.',
  source: custodian,
  weight: 'cause',
  ladder: [
    fromScratch,
    algoAll,
    {
      class: 'numerics',
      reason: 'Fewer groups of bands leave each one more to work with.',
      changes: () => [{ kind: 'layout', change: 'double-ncore' }],
    },
  ],
})
