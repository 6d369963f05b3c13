import { fromContcar } from '../../changes.ts'
import { quasiNewton } from '../../ladders/ionic-ladder.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

export const nswUsedUp: Symptom = {
  name: 'nsw_used_up',
  message: ['a clean end without "reached required accuracy - stopping structural energy minimisation"'],
  cause: 'NSW steps were not enough for the forces to fall below EDIFFG.',
  cure: 'On from CONTCAR and WAVECAR, twice, then with the quasi-Newton method.',
  advice: 'Look at the forces of the last steps: they fall, or an atom leaves.',
  source: `${custodianHandler('UnconvergedErrorHandler')}, ionic part`,
  weight: 'suspect',
  watches: false,
  detects: ({ outcar }) =>
    outcar?.runState === 'ionic-unconverged'
      ? { where: 'OUTCAR', says: `${outcar.ionicSteps.length} ionic steps without the required accuracy` }
      : undefined,
  ladder: [
    { class: 'numerics', reason: 'It goes on where it stood.', cap: 2, changes: () => [fromContcar] },
    quasiNewton,
    { class: 'numerics', reason: 'It goes on where it stood.', cap: 2, changes: () => [fromContcar] },
  ],
}
