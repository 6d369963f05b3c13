import { symmetryLadder } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const rotMatrix = messageSymptom({
  name: 'rot_matrix',
  message: ['Found some non-integer element in rotation matrix'],
  cause:
    'A rotation is no map of the lattice onto itself (SGRCON): lattice and k-mesh disagree about the symmetry.',
  cure: 'SYMPREC 1E-6, then 1E-4; without symmetry only by consent. Meshes are Γ-centred already, so there is no Monkhorst mesh to change.',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: symmetryLadder,
})
