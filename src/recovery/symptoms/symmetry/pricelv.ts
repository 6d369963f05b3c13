import { symprecTimes, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const pricelv = messageSymptom({
  name: 'pricelv',
  message: ['PRICELV: current lattice and primitive lattice are incommensurate'],
  cause: 'The primitive lattice that VASP found does not fit the given one within SYMPREC.',
  cure: 'SYMPREC divided by 10, then times 100; without symmetry (ISYM = 0) only by consent; ISYM = −1 where that is so already.',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: [
    symprecTimes(0.1, 'A tighter tolerance finds no false primitive lattice.'),
    symprecTimes(100, 'A looser tolerance accepts the rounding of the lattice.'),
    ...symmetryOff,
  ],
})
