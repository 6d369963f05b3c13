import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const tetirr = messageSymptom({
  name: 'tetirr',
  message: ['Routine TETIRR needs special values'],
  cause: 'The tetrahedron method needs a Γ-centred mesh for this lattice.',
  cure: 'None: our meshes are Γ-centred, so another mesh or smearing was set by hand.',
  advice: 'Use a Γ-centred mesh, or ISMEAR = 0, for the whole series.',
  source: custodian,
  weight: 'cause',
})
