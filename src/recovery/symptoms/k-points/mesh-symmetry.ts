import { symprec, symmetryOff } from '../../ladders/symmetry-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodianHandler } from '../../sources.ts'

export const meshSymmetry = messageSymptom({
  name: 'mesh_symmetry',
  message: ['Reciprocal lattice and k-lattice belong to different class of lattices'],
  cause: 'The mesh has less symmetry than the lattice; results are often useful all the same, as VASP says.',
  cure: 'SYMPREC 1E-6; without symmetry only by consent. custodian takes an m×m×m mesh, which no slab may have. Nothing for a run that ends well.',
  advice: 'Set ISYM = 0 for the whole series, or write the lattice with more digits.',
  source: custodianHandler('MeshSymmetryErrorHandler'),
  weight: 'suspect',
  ladder: [symprec(1e-6, 'A tighter tolerance may lower the symmetry to that of the mesh.'), ...symmetryOff],
})
