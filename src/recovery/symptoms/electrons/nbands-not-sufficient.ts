import { defaultBands, moreBands } from '../../ladders/band-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const nbandsNotSufficient = messageSymptom({
  name: 'nbands_not_sufficient',
  message: ['number of bands is not sufficient'],
  cause: 'NBANDS cannot hold the electrons.',
  cure: 'VASP’s own number of bands, then 10 % more.',
  advice: 'Take NBANDS out of the INCAR.',
  source: custodian,
  weight: 'cause',
  ladder: [defaultBands, moreBands],
})
