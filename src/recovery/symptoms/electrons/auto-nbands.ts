import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const autoNbands = messageSymptom({
  name: 'auto_nbands',
  message: ['The number of bands has been changed'],
  cause: 'VASP rounds NBANDS up to what the ranks can share; far too many ranks give far too many bands.',
  cure: 'None needed: more empty bands cost time and no accuracy. Reported only for runs that did not end well.',
  advice: 'Use fewer ranks, or a larger NCORE.',
  source: custodian,
  weight: 'suspect',
})
