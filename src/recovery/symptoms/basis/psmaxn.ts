import { messageSymptom } from '../../message-symptom.ts'
import { custodianHandler } from '../../sources.ts'

export const psmaxn = messageSymptom({
  name: 'psmaxn',
  message: ['PSMAXN for non-local potential too small'],
  cause:
    'The table of a non-local potential ends below the cut-off; some accuracy is lost. Harmless in most runs.',
  cure: 'None for one member: LREAL and ENCUT define the series.',
  advice: 'Set LREAL = .FALSE. for the whole series, or lower ENCUT.',
  source: custodianHandler('UnconvergedErrorHandler'),
  weight: 'suspect',
})
