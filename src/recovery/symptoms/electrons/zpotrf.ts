import { fromContcarAfresh } from '../../changes.ts'
import { algoAll, fromScratch } from '../../ladders/electronic-ladder.ts'
import { halfPotim } from '../../ladders/ionic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { ionicHistory } from '../../ionic-history.ts'
import { custodian } from '../../sources.ts'

export const zpotrf = messageSymptom({
  name: 'zpotrf',
  message: ['LAPACK: Routine ZPOTRF failed', 'Routine ZPOTRF ZTRTRI'],
  cause: 'The overlap of the orbitals is not positive: atoms too close, or ions that jumped.',
  cure: 'From atoms at the last sound geometry, then NCORE = 1, then half the POTIM, then ALGO = All. custodian strains the whole cell by 20 % on the first step: never done, for a slab would keep that wrong cell.',
  advice: 'Look for atoms that are too close in POSCAR.',
  source: custodian,
  weight: 'cause',
  ladder: [
    fromScratch,
    {
      class: 'numerics',
      reason: 'One core a band (NCORE = 1) avoids a parallel factorisation that fails for small cells.',
      changes: () => [{ kind: 'layout', change: 'ncore-1' }],
    },
    {
      ...halfPotim(fromContcarAfresh, 'Shorter steps keep atoms apart.'),
      changes: (run) =>
        ionicHistory(run).length === 0 ? undefined : halfPotim(fromContcarAfresh, '').changes(run),
    },
    algoAll,
  ],
})
