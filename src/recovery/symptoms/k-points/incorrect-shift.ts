import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const incorrectShift = messageSymptom({
  name: 'incorrect_shift',
  message: ['Could not get correct shifts'],
  cause: 'A shifted (Monkhorst) mesh does not fit the symmetry of the lattice.',
  cure: 'None: our meshes are Γ-centred; a shift was set by hand, and another mesh for one member does not compare.',
  advice: 'Use a Γ-centred mesh for the whole series.',
  source: custodian,
  weight: 'cause',
})
