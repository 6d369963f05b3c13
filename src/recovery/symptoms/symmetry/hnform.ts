import { symmetryLadder } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const hnform = messageSymptom({
  name: 'hnform',
  message: ['HNFORM: k-point generating'],
  cause: 'The vectors that make the k-mesh could not be brought into normal form: mesh and lattice disagree.',
  cure: 'SYMPREC 1E-6, then 1E-4; without symmetry (ISYM = 0) only by consent; ISYM = −1 where that is so already.',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: symmetryLadder,
})
