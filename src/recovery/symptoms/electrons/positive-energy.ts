import { fromScratch } from '../../ladders/electronic-ladder.ts'
import { rotationNormal } from '../../ladders/diagonalisation-ladder.ts'
import { sameInputs, withoutDensity } from '../../changes.ts'
import { halfPotim } from '../../ladders/ionic-ladder.ts'
import { ionicHistory } from '../../ionic-history.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

export const positiveEnergy: Symptom = {
  name: 'positive_energy',
  message: ['E0 > 0 in the last ionic step'],
  cause: 'A bound crystal has a negative energy: the electrons went astray, or atoms overlap.',
  cure: 'ALGO = Normal, then from atoms, then half the POTIM; always from the original geometry, because forces of such a run lead astray.',
  advice: 'Look for atoms that are too close in POSCAR.',
  source: custodianHandler('PositiveEnergyErrorHandler'),
  weight: 'cause',
  watches: true,
  detects: (run) => {
    const energy = ionicHistory(run).at(-1)?.energySigmaToZeroEv
    if (energy === undefined || energy <= 0) return undefined
    return { where: run.outcar === undefined ? 'OSZICAR' : 'OUTCAR', says: `E0 = ${energy.toFixed(3)} eV` }
  },
  ladder: [rotationNormal, { ...fromScratch, changes: () => [...withoutDensity, sameInputs] }, halfPotim(sameInputs, 'Shorter steps keep atoms apart.')],
}
