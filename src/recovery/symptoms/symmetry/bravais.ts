import { symmetryLadder } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const bravais = messageSymptom({
  name: 'bravais',
  message: ['Inconsistent Bravais lattice'],
  cause:
    'Crystal and reciprocal lattice come out as different Bravais types: lattice vectors with too few digits.',
  cure: 'SYMPREC 1E-6, then 1E-4; without symmetry only by consent.',
  advice: 'Write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: symmetryLadder,
})
