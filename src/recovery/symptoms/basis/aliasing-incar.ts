import { sameInputs, unset } from '../../changes.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodianHandler } from '../../sources.ts'

export const aliasingIncar = messageSymptom({
  name: 'aliasing_incar',
  message: ['Your FFT grids (NGX,NGY,NGZ) are not sufficient for an accurate'],
  cause: 'NGX, NGY, NGZ (or their fine companions) were set by hand, and too small.',
  cure: 'Take them out, so that PREC and ENCUT decide; by consent only, for the energy shifts a little.',
  advice: 'Take NGX, NGY and NGZ out of method.incar of the screen.',
  source: custodianHandler('AliasingErrorHandler'),
  weight: 'suspect',
  ladder: [
    {
      class: 'comparability',
      reason: 'Grids that follow from ENCUT and PREC are the same rule for every member.',
      changes: () => [...unset('NGX', 'NGY', 'NGZ', 'NGXF', 'NGYF', 'NGZF'), sameInputs],
    },
  ],
})
