import { describeMoments, lostMoments } from '../../moment-changes.ts'
import { tagInForce } from '../../run-reading.ts'
import type { Symptom } from '../../symptom.ts'

export const metastableU: Symptom = {
  name: 'metastable_u',
  message: ['with +U, ions that end with less than half of the moment they were sent with'],
  cause:
    'DFT+U has several self-consistent states 0.1 to 0.5 eV apart: low spin, or a charge on another ion.',
  cure: 'None, only a label: another start may find a lower state, which only energies can tell.',
  advice: 'Start again with other moments or a rattled geometry and compare energies.',
  source: 'Allen and Watson, Phys. Chem. Chem. Phys. 16, 21016 (2014), on occupation control',
  weight: 'label',
  watches: false,
  ladder: [],
  detects: (run) => {
    const { planned, outcar } = run
    if (planned === undefined || outcar === undefined || tagInForce(run, 'LDAU') !== true) return undefined
    const lost = lostMoments(planned, outcar)
    return lost.length === 0
      ? undefined
      : { where: 'OUTCAR', says: describeMoments(lost), count: lost.length }
  },
}
