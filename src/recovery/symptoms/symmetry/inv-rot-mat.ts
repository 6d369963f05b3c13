import { symprec, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const invRotMat = messageSymptom({
  name: 'inv_rot_mat',
  message: ['rotation matrix was not found (increase SYMPREC)'],
  cause: 'Of a rotation that VASP accepted the inverse is missing: the cell is symmetric only nearly.',
  cure: 'SYMPREC 1E-8, then 1E-4 as the message asks; without symmetry (ISYM = 0) only by consent; ISYM = −1 where that is so already.',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodian,
  weight: 'cause',
  ladder: [
    symprec(1e-8, 'A very tight tolerance drops the rotations that hold only nearly.'),
    symprec(1e-4, 'A looser tolerance, as VASP itself suggests.'),
    ...symmetryOff,
  ],
})
