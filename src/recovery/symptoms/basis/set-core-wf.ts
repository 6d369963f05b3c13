import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const setCoreWf = messageSymptom({
  name: 'set_core_wf',
  message: ['internal error in SET_CORE_WF'],
  cause: 'The core electrons of a dataset do not add up: an old or damaged POTCAR.',
  cure: 'None: another dataset is another series.',
  advice: 'Take a newer release of the dataset for the whole series.',
  source: custodian,
  weight: 'cause',
})
