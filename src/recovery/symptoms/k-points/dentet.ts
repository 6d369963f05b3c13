import { ionicHistory, usedUpNelm } from '../../ionic-history.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

// A loop that still changes by so much has no Fermi energy to find: the mesh is not to blame.
const wildEv = 1

export const dentet = messageSymptom({
  name: 'dentet',
  message: ['DENTET'],
  cause:
    'The tetrahedron method cannot find a Fermi energy that gives the number of electrons: too few k-points for a flat or narrow band.',
  cure: 'None for one member: more k-points or other smearing (as custodian sets) give energies that do not compare.',
  advice: 'Use a denser Γ-centred mesh, or ISMEAR = 0, for the whole series.',
  source: custodian,
  weight: 'suspect',
  unless: (run) => {
    const last = ionicHistory(run).at(-1)
    return last !== undefined && usedUpNelm(run, last) && Math.abs(last.lastEnergyChangeEv ?? 0) > wildEv
  },
})
