import { fromScratch } from '../../ladders/electronic-ladder.ts'
import { exactDiagonalisation, rotationNormal } from '../../ladders/diagonalisation-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const eddiag = messageSymptom({
  name: 'eddiag',
  message: ['ERROR in EDDIAG: call to ZHEEV/ZHEEVX/DSYEV/DSYEVX failed', 'ERROR in EDDIAG: call to ZHEEV'],
  cause: 'As zheev, in the words of VASP 6.',
  cure: 'ALGO = Normal, then from atoms at the last sound geometry, then Exact.',
  advice: 'Look at the geometry for overlapping atoms.',
  source: custodian,
  weight: 'cause',
  ladder: [rotationNormal, fromScratch, exactDiagonalisation],
})
