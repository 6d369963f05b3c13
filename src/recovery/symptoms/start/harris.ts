import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const harris = messageSymptom({
  name: 'spin_polarized_harris',
  message: ['Spin polarized Harris functional dynamics is a good joke'],
  cause: 'A fixed density (ICHARG ≥ 10) with spin and moving ions.',
  cure: 'None: the inputs contradict each other.',
  advice: 'Take ICHARG out of method.incar of the screen, or set NSW = 0.',
  source: custodian,
  weight: 'cause',
})
