import { fromContcarAfresh } from '../../changes.ts'
import { conjugateGradients, halfPotim } from '../../ladders/ionic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const fexcf = messageSymptom({
  name: 'fexcf',
  message: ['supplied exchange-correlation table'],
  cause: 'The density is so high somewhere that the table ends: atoms run into each other.',
  cure: 'Half the POTIM from the last sound geometry, then conjugate gradients.',
  advice: 'Look for atoms that are too close.',
  source: custodian,
  weight: 'cause',
  ladder: [halfPotim(fromContcarAfresh, 'Shorter steps keep atoms apart.'), conjugateGradients],
})
