import { quasiNewton, tighterForces } from '../../ladders/ionic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const zbrent = messageSymptom({
  name: 'zbrent',
  message: [
    'ZBRENT: fatal internal in',
    'ZBRENT: fatal error in bracketing',
    'ZBRENT: fatal error: bracketing interval incorrect',
  ],
  cause: 'The line search of conjugate gradients is misled by noisy forces, mostly near the minimum.',
  cure: 'From CONTCAR with EDIFF ten times tighter and NELMIN = 8, then the quasi-Newton method.',
  advice: 'Look whether the forces are small enough to stop here.',
  source: `${custodian}; VASP’s own advice in the message`,
  weight: 'cause',
  ladder: [{ ...tighterForces, cap: 1 }, quasiNewton, { ...tighterForces, cap: 1 }],
})
