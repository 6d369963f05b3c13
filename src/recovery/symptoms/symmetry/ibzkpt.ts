import { symprec, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const ibzkpt = messageSymptom({
  name: 'ibzkpt',
  message: ['not all point group operations'],
  cause: 'The lattice of the k-mesh lacks operations of the crystal.',
  cure: 'SYMPREC 1E-6; without symmetry only by consent (custodian turns it off first).',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'suspect',
  ladder: [symprec(1e-6, 'A tighter tolerance drops operations that hold only nearly.'), ...symmetryOff],
})
