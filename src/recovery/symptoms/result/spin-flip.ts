import { describeMoments, flippedMoments } from '../../moment-changes.ts'
import type { Symptom } from '../../symptom.ts'

export const spinFlip: Symptom = {
  name: 'spin_flip',
  message: ['ions with a moment over 1 μB whose direction relative to the others is not the planned one'],
  cause: 'The electrons found another magnetic order than the one they were started in.',
  cure: 'None, only a label: which order is right is a question of energies, not of repair.',
  advice: 'Run the ferromagnetic and the antiferromagnetic start and compare energies.',
  source: 'Lee et al., J. Phys.: Condens. Matter 24, 456004 (2012), for the order of Li2MnO3',
  weight: 'label',
  watches: false,
  ladder: [],
  detects: ({ planned, outcar }) => {
    const flipped = planned === undefined || outcar === undefined ? [] : flippedMoments(planned, outcar)
    return flipped.length === 0
      ? undefined
      : { where: 'OUTCAR', says: describeMoments(flipped), count: flipped.length }
  },
}
