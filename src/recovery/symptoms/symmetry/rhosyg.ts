import { symprec, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const rhosyg = messageSymptom({
  name: 'rhosyg',
  message: ['RHOSYG internal error', 'internal error in subroutine RHOSYG', 'RHOSYG'],
  cause: 'The stars of plane waves that symmetry joins are not distinct.',
  cure: 'SYMPREC 1E-4, as the message asks; without symmetry (ISYM = 0) only by consent; ISYM = −1 where that is so already.',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: [symprec(1e-4, 'VASP asks for SYMPREC = 1E-4 here.'), ...symmetryOff],
})
