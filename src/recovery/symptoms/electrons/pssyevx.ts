import { algoAll, fromScratch } from '../../ladders/electronic-ladder.ts'
import { rotationNormal } from '../../ladders/diagonalisation-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const pssyevx = messageSymptom({
  name: 'pssyevx',
  message: ['ERROR in subspace rotation PSSYEVX'],
  cause: 'The parallel eigenvalue solver did not find all eigenvalues: near-dependent orbitals.',
  cure: 'ALGO = Normal, then without the old orbitals, then All.',
  advice: 'Try other NCORE, or a VASP without ScaLAPACK.',
  source: custodian,
  weight: 'cause',
  ladder: [rotationNormal, fromScratch, algoAll],
})
