import { messageSymptom } from '../../message-symptom.ts'
import { custodianHandler } from '../../sources.ts'

export const aliasing = messageSymptom({
  name: 'aliasing',
  message: [
    'WARNING: small aliasing (wrap around) errors must be expected',
    'small aliasing (wrap around) errors must be expected',
  ],
  cause:
    'The FFT grid is smaller than the cut-off asks for, as with PREC = Normal: usual, and the same for every member.',
  cure: 'None: a grid of its own for one member does not compare. PREC = Accurate, which plans use, avoids it.',
  advice: 'Set PREC = Accurate for the whole series.',
  source: custodianHandler('AliasingErrorHandler'),
  weight: 'suspect',
})
