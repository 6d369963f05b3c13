import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const tripleProduct = messageSymptom({
  name: 'triple_product',
  message: ['the triple product of the basis vectors'],
  cause: 'The lattice vectors are left-handed.',
  cure: 'None: custodian swaps two lattice vectors, which moves the vacuum of a slab off c while KPOINTS and IDIPOL stay. Slabs made here are right-handed.',
  advice: 'Give the structure in a right-handed cell.',
  source: custodian,
  weight: 'cause',
})
