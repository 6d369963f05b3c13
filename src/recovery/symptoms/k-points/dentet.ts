import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const dentet = messageSymptom({
  name: 'dentet',
  message: ['DENTET'],
  cause:
    'The tetrahedron method cannot find a Fermi energy that gives the number of electrons: too few k-points for a flat or narrow band.',
  cure: 'None for one member: more k-points or other smearing (as custodian sets) give energies that do not compare.',
  advice: 'Use a denser Γ-centred mesh, or ISMEAR = 0, for the whole series.',
  source: custodian,
  weight: 'suspect',
})
