import { convergenceLadder } from '../../ladders/electronic-ladder.ts'
import { ionicHistory, missesInARow, missesThatTell, usedUpNelm } from '../../ionic-history.ts'
import { custodianHandler, survey } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

export const nelm: Symptom = {
  name: 'nelm',
  message: [
    'aborting loop EDIFF was not reached (unconverged)',
    'The electronic self-consistency was not achieved in the given number of steps (NELM)',
  ],
  cause:
    'The last electronic loop used up NELM. Before 6.2 VASP says "EDIFF is reached" all the same, so the count and the last change of energy decide; a loop that converges exactly at NELM is no miss.',
  cure: 'LMAXMIX = 4 with +U, ALGO Fast → Normal, twice NELM if it was near, slab mixing (AMIN 0.01, AMIX 0.2, BMIX 0.001), ALGO = All, then Damped; orbitals are kept.',
  advice: 'Try other starting moments, or LDIPOL only after a run without it.',
  source: `${custodianHandler('UnconvergedErrorHandler')}; ${survey}`,
  weight: 'suspect',
  watches: false,
  detects: (run) => {
    const last = ionicHistory(run).at(-1)
    if (last === undefined || !usedUpNelm(run, last)) return undefined
    // Then it is `nonconverging`, with the same ladder.
    if (missesInARow(run) >= missesThatTell) return undefined
    const change =
      last.lastEnergyChangeEv === undefined
        ? ''
        : `, last change ${last.lastEnergyChangeEv.toExponential(1)} eV`
    return {
      where: run.outcar === undefined ? 'OSZICAR' : 'OUTCAR',
      says: `${last.scfSteps} electronic steps in the last loop${change}`,
    }
  },
  ladder: convergenceLadder,
}
