import { symprec, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const symprecNoise = messageSymptom({
  name: 'symprec_noise',
  message: ['determination of the symmetry of your systems shows a strong'],
  cause: 'How many symmetries VASP finds depends strongly on SYMPREC: the atoms are symmetric only nearly.',
  cure: 'SYMPREC 1E-6; without symmetry only by consent. A run that ends well keeps the warning as it is.',
  advice: 'Symmetrise the starting structure, or set ISYM = 0 for the whole series.',
  source: custodian,
  weight: 'suspect',
  ladder: [symprec(1e-6, 'A tighter tolerance takes only exact symmetry.'), ...symmetryOff],
})
