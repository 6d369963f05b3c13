import { sameGeometry, set } from '../../changes.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const amin = messageSymptom({
  name: 'amin',
  message: ['One of the lattice vectors is very long (>50 A), but AMIN'],
  cause:
    'A cell over 50 Å with VASP’s usual AMIN: charge may slosh along it. Slabs of 26 to 31 Å do not trigger it.',
  cure: 'AMIN = 0.01.',
  advice: 'Set AMIN = 0.01.',
  source: custodian,
  weight: 'suspect',
  ladder: [
    {
      class: 'numerics',
      reason: 'AMIN = 0.01 damps long waves.',
      changes: () => [...set({ AMIN: 0.01 }), sameGeometry],
    },
  ],
})
