import { fromScratch } from '../../ladders/electronic-ladder.ts'
import { exactDiagonalisation, rotationNormal } from '../../ladders/diagonalisation-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const zheev = messageSymptom({
  name: 'zheev',
  message: ['ERROR EDDIAG: Call to routine ZHEEV failed!', 'Error EDDIAG: Call to routine ZHEEV failed'],
  cause:
    'Diagonalisation in the subspace failed: not-a-number in the Hamiltonian, mostly from a bad geometry.',
  cure: 'ALGO = Normal, then from atoms at the last sound geometry, then Exact.',
  advice: 'Look at the geometry for overlapping atoms.',
  source: custodian,
  weight: 'cause',
  ladder: [rotationNormal, fromScratch, exactDiagonalisation],
})
