import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const realOptlay = messageSymptom({
  name: 'real_optlay',
  message: ['REAL_OPTLAY: internal error', 'REAL_OPT: internal ERROR'],
  cause: 'Real-space projectors could not be optimised for this cut-off.',
  cure: 'None for one member: LREAL changes the energy by some meV an atom.',
  advice: 'Set LREAL = .FALSE. for the whole series.',
  source: custodian,
  weight: 'cause',
})
