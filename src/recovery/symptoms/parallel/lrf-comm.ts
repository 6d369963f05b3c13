import { sameInputs, set } from '../../changes.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodianHandler } from '../../sources.ts'

export const lrfComm = messageSymptom({
  name: 'lrf_comm',
  message: ['LRF_COMMUTATOR internal error'],
  cause: 'The commutator of linear response (LEPSILON) broke down.',
  cure: 'LPEAD = .TRUE., by consent: the response comes from finite differences then.',
  advice: 'Set LPEAD = .TRUE. for the whole series.',
  source: custodianHandler('LrfCommutatorHandler'),
  weight: 'cause',
  ladder: [
    {
      class: 'comparability',
      reason: 'Derivatives of the orbitals by finite differences (LPEAD).',
      changes: () => [...set({ LPEAD: true }), sameInputs],
    },
  ],
})
