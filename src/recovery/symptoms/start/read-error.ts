import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const readError = messageSymptom({
  name: 'read_error',
  message: ['Error reading item', 'Error code was IERR= 5'],
  cause: 'A value in the INCAR is not of the kind that VASP expects, or this version does not know it.',
  cure: 'None: the tag is named in the message.',
  advice: 'Correct the tag under method.incar of the screen, or use the VASP version that knows it.',
  source: custodian,
  weight: 'cause',
})
