import { sameInputs, set } from '../../changes.ts'
import { halfPotim } from '../../ladders/ionic-ladder.ts'
import { ionicHistory } from '../../ionic-history.ts'
import { ionCountOf, isRelaxation } from '../../run-reading.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

const limitEvPerAtom = 1

export const potim: Symptom = {
  name: 'potim',
  message: ['the energy rose by more than 1 eV per atom in one ionic step'],
  cause: 'Steps are so long that atoms fly apart or into each other. A fall of the energy is no fault: it comes from a start far from the minimum.',
  cure: 'Half the POTIM from the geometry before, twice, then damped dynamics. custodian goes on to SYMPREC, which has nothing to do with it.',
  advice: 'Look for atoms that are too close in POSCAR.',
  source: custodianHandler('PotimErrorHandler'),
  weight: 'suspect',
  watches: true,
  detects: (run) => {
    const ions = ionCountOf(run)
    const energies = ionicHistory(run).map(({ totenEv }) => totenEv ?? NaN)
    if (ions === undefined || ions === 0 || !isRelaxation(run)) return undefined
    const jumps = energies.slice(1).map((energy, i) => (energy - (energies[i] ?? NaN)) / ions)
    const step = jumps.findIndex((jump) => jump > limitEvPerAtom)
    if (step < 0) return undefined
    return { where: run.outcar === undefined ? 'OSZICAR' : 'OUTCAR', says: `+${(jumps[step] ?? 0).toFixed(1)} eV per atom in ionic step ${step + 2}` }
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
