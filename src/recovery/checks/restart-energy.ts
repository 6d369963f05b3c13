import type { Check } from './check.ts'

// Orbitals and mixing start anew, atoms do not move between the two numbers by more than one ionic step.
const limitEv = 0.05

export const restartEnergyCheck: Check = {
  name: 'restart_energy',
  asks: 'Did the restart go on at the energy where the run before ended?',
  finds: ({ outcar, energyBeforeRestartEv }) => {
    const first = outcar.ionicSteps[0]?.energySigmaToZeroEv
    if (energyBeforeRestartEv === undefined || first === undefined) return undefined
    const change = first - energyBeforeRestartEv
    return Math.abs(change) <= limitEv
      ? undefined
      : `the energy jumped by ${change.toFixed(3)} eV at the restart: another electronic state`
  },
}
