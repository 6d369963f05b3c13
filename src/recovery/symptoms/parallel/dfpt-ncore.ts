import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const dfptNcore = messageSymptom({
  name: 'dfpt_ncore',
  message: ['PEAD routines do not work for NCORE', 'remove the tag NPAR from the INCAR file'],
  cause: 'Linear response and finite differences change the k-points, which works with NCORE = 1 only.',
  cure: 'NCORE = 1.',
  advice: 'Take NCORE and NPAR out of method.incar of the screen.',
  source: custodian,
  weight: 'cause',
  ladder: [
    {
      class: 'numerics',
      reason: 'VASP asks for NCORE = 1 here.',
      changes: () => [{ kind: 'layout', change: 'ncore-1' }],
    },
  ],
})
