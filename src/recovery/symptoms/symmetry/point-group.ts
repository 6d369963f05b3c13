import { symmetryLadder } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const pointGroup = messageSymptom({
  name: 'point_group',
  message: ['group operation missing'],
  cause: 'The operations that VASP found are no group.',
  cure: 'SYMPREC 1E-6, then 1E-4; without symmetry only by consent (custodian turns it off at once).',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: symmetryLadder,
})
