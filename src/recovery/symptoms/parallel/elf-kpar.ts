import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const elfKpar = messageSymptom({
  name: 'elf_kpar',
  message: ['ELF: KPAR>1 not implemented'],
  cause: 'The localisation function (LELF) does not know groups of k-points.',
  cure: 'KPAR = 1.',
  advice: 'Set KPAR = 1.',
  source: custodian,
  weight: 'cause',
  ladder: [
    {
      class: 'numerics',
      reason: 'LELF works with KPAR = 1 only.',
      changes: () => [{ kind: 'layout', change: 'kpar-1' }],
    },
  ],
})
