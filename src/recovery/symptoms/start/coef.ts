import { sameGeometry } from '../../changes.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const coef = messageSymptom({
  name: 'coef',
  message: ['while reading plane', 'while reading WAVECAR'],
  cause: 'The WAVECAR is cut off or of another run.',
  cure: 'Remove WAVECAR and start from atoms.',
  advice: 'Remove the WAVECAR.',
  source: custodian,
  weight: 'cause',
  ladder: [
    {
      class: 'numerics',
      reason: 'A broken WAVECAR is worse than none.',
      changes: () => [
        { kind: 'remove', file: 'WAVECAR' },
        { ...sameGeometry, wavecar: 'ignore' },
      ],
    },
  ],
})
