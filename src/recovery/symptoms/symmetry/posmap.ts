import { symprecTimes, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const posmap = messageSymptom({
  name: 'posmap',
  message: ['POSMAP internal error: symmetry equivalent atom not found', 'POSMAP'],
  cause:
    'A rotation brings an atom to where no equivalent atom is: doped and relaxed slabs are symmetric only nearly.',
  cure: 'SYMPREC divided by 10, then times 100; without symmetry (ISYM = 0) only by consent; ISYM = −1 where that is so already.',
  advice: 'Set ISYM = 0 for the whole series, which doped slabs should have from the start.',
  source: custodian,
  weight: 'cause',
  ladder: [
    symprecTimes(0.1, 'VASP suggests an order of magnitude less …'),
    symprecTimes(100, '… or more.'),
    ...symmetryOff,
  ],
})
