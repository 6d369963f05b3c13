import { algoNormal, fromScratch } from '../../ladders/electronic-ladder.ts'
import { fromContcarAfresh } from '../../changes.ts'
import { halfPotim } from '../../ladders/ionic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const eddrmm = messageSymptom({
  name: 'eddrmm',
  message: ['WARNING in EDDRMM: call to ZHEGV failed'],
  cause: 'RMM-DIIS lost its orbitals: a geometry that moved too far, or a bad start.',
  cure: 'ALGO = Normal instead of Fast, then from atoms at the last sound geometry, then half the POTIM.',
  advice: 'Look at the geometry for overlapping atoms.',
  source: custodian,
  weight: 'suspect',
  ladder: [algoNormal, fromScratch, halfPotim(fromContcarAfresh, 'Shorter steps keep the orbitals useful.')],
})
