import { sameInputs, set } from '../../changes.ts'
import { halfPotim } from '../../ladders/ionic-ladder.ts'
import { ionicHistory } from '../../ionic-history.ts'
import { ionCountOf, isRelaxation } from '../../run-reading.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

const limitEvPerAtom = 1

export const potim: Symptom = {
  name: 'potim',
  message: ['the energy of the last ionic step is more than 1 eV per atom above that of an earlier one'],
  cause:
    'Steps are so long that atoms fly apart or into each other. A fall of the energy is no fault, nor is a trial step that was taken back.',
  cure: 'Half the POTIM from the geometry before, twice, then damped dynamics. custodian goes on to SYMPREC, which has nothing to do with it.',
  advice: 'Look for atoms that are too close in POSCAR.',
  source: custodianHandler('PotimErrorHandler'),
  weight: 'suspect',
  watches: true,
  detects: (run) => {
    const ions = ionCountOf(run)
    const energies = ionicHistory(run).flatMap(({ totenEv }) => (totenEv === undefined ? [] : [totenEv]))
    if (ions === undefined || ions === 0 || !isRelaxation(run)) return undefined
    const above = ((energies.at(-1) ?? NaN) - Math.min(...energies)) / ions
    if (!(above > limitEvPerAtom)) return undefined
    return {
      where: run.outcar === undefined ? 'OSZICAR' : 'OUTCAR',
      says: `the last ionic step lies ${above.toFixed(1)} eV per atom above the lowest`,
    }
  },
  ladder: [
    halfPotim(sameInputs, 'Half the step, from the geometry before it went wrong.'),
    {
      class: 'numerics',
      reason: 'Damped dynamics creeps to the minimum.',
      changes: () => [...set({ IBRION: 3, SMASS: 0.75, POTIM: 0.1 }), sameInputs],
    },
  ],
}
