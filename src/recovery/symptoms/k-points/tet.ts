import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const tet = messageSymptom({
  name: 'tet',
  message: ['Tetrahedron method fails', 'tetrahedron method fails', 'BZINTS'],
  cause: 'ISMEAR = −5 with too few k-points, or a mesh that cannot be divided into tetrahedra.',
  cure: 'None for one member: other smearing (as custodian sets) gives energies that do not compare.',
  advice: 'Set ISMEAR = 0 with SIGMA = 0.05 for the whole series.',
  source: custodian,
  weight: 'cause',
})
