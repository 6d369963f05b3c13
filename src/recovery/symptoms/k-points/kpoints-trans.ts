import { symprec, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodianHandler } from '../../sources.ts'

export const kpointsTrans = messageSymptom({
  name: 'kpoints_trans',
  message: ['internal error in GENERATE_KPOINTS_TRANS: number of G-vector changed in star'],
  cause:
    'Equivalent k-points have different numbers of plane waves: the mesh breaks a symmetry that VASP uses.',
  cure: 'SYMPREC 1E-6; without symmetry only by consent. custodian takes an m×m×m mesh, which for a slab puts k-points along the vacuum and thins them in the plane.',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodianHandler('StdErrHandler'),
  weight: 'cause',
  ladder: [symprec(1e-6, 'A tighter tolerance drops operations that hold only nearly.'), ...symmetryOff],
})
