import { fromScratch } from '../../ladders/electronic-ladder.ts'
import { rotationNormal } from '../../ladders/diagonalisation-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const gradNotOrth = messageSymptom({
  name: 'grad_not_orth',
  message: ['EDWAV: internal error, the gradient is not orthogonal'],
  cause: 'The all-band minimiser (ALGO = All, Conjugate, Damped) lost orthogonality.',
  cure: 'ALGO = Normal, then from atoms.',
  advice: 'Use ALGO = Normal; compile VASP with less optimisation if it stays.',
  source: custodian,
  weight: 'cause',
  ladder: [rotationNormal, fromScratch],
})
