import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const nichtKonv = messageSymptom({
  name: 'nicht_konv',
  message: ['ERROR: SBESSELITER : nicht konvergent'],
  cause: 'The optimisation of real-space projectors does not converge.',
  cure: 'None for one member: LREAL changes the energy by some meV an atom.',
  advice: 'Set LREAL = .FALSE. for the whole series.',
  source: custodian,
  weight: 'cause',
})
