import { symprec, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const pricel = messageSymptom({
  name: 'pricel',
  message: ['internal error in subroutine PRICEL'],
  cause: 'The search for the primitive cell broke off on nearly equal atoms.',
  cure: 'SYMPREC 1E-8; without symmetry only by consent (custodian does both at once, silently).',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: [symprec(1e-8, 'A very tight tolerance finds no false translations.'), ...symmetryOff],
})
