import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const rspher = messageSymptom({
  name: 'rspher',
  message: ['ERROR RSPHER'],
  cause: 'The real-space spheres of a projector do not fit the grid.',
  cure: 'None for one member: LREAL changes the energy by some meV an atom.',
  advice: 'Set LREAL = .FALSE. for the whole series.',
  source: custodian,
  weight: 'cause',
})
