import { sameGeometry, set } from '../changes.ts'
import { algoInForce } from '../run-reading.ts'
import type { Rung } from '../symptom.ts'
import { custodian, vaspWiki } from '../sources.ts'

/** Another iteration, another subspace. */
export const rotationNormal: Rung = {
  class: 'numerics',
  reason: 'Blocked Davidson (ALGO = Normal) builds its subspace another way.',
  source: custodian,
  changes: (run) => (algoInForce(run) === 'normal' ? undefined : [...set({ ALGO: 'Normal' }), sameGeometry]),
}

/** Diagonalisation of the whole Hamiltonian: slow, and hard to break. */
export const exactDiagonalisation: Rung = {
  class: 'numerics',
  reason: 'ALGO = Exact diagonalises the whole Hamiltonian: slow, and hard to break.',
  source: vaspWiki('ALGO'),
  changes: () => [...set({ ALGO: 'Exact' }), sameGeometry],
}
