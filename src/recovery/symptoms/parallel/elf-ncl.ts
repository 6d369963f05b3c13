import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const elfNcl = messageSymptom({
  name: 'elf_ncl',
  message: ['WARNING: ELF not implemented for non collinear case'],
  cause: 'LELF together with non-collinear moments.',
  cure: 'None: what was asked for does not exist.',
  advice: 'Take LELF out of method.incar of the screen.',
  source: custodian,
  weight: 'suspect',
})
