import { algoNormal } from '../../ladders/electronic-ladder.ts'
import { rotationNormal } from '../../ladders/diagonalisation-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const algoTet = messageSymptom({
  name: 'algo_tet',
  message: ['ALGO=A and IALGO=5X tend to fail'],
  cause: 'ALGO = All or Damped together with tetrahedra (ISMEAR = −5), whose energy is not variational.',
  cure: 'ALGO = Normal; smearing stays as the series has it. VASP prints it as advice: nothing for a run that ends well.',
  advice: 'Set ALGO = Normal, or ISMEAR = 0 for the whole series.',
  source: custodian,
  weight: 'suspect',
  ladder: [algoNormal, rotationNormal],
})
