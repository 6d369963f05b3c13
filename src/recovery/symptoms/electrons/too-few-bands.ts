import { moreBands } from '../../ladders/band-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const tooFewBands = messageSymptom({
  name: 'too_few_bands',
  message: ['TOO FEW BANDS'],
  cause:
    'The highest band is occupied: NBANDS is too small, which spoils the energy even of a run that ends.',
  cure: 'NBANDS 10 % higher. More empty bands do not change an energy that has enough of them.',
  advice: 'Set NBANDS for the whole series.',
  source: custodian,
  weight: 'cause',
  ladder: [moreBands],
})
