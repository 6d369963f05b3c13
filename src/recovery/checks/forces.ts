import type { Check } from './check.ts'

export const forcesCheck: Check = {
  name: 'forces',
  asks: 'Are the forces on ions that may move below |EDIFFG|?',
  finds: ({ planned, outcar }) => {
    const ediffg = planned.incar['EDIFFG']
    const largest = outcar.final?.maxForceEvPerAngstrom
    const isRelaxation =
      (planned.incar['NSW'] as number | undefined) !== undefined && planned.incar['NSW'] !== 0
    if (typeof ediffg !== 'number' || ediffg >= 0 || largest === undefined || !isRelaxation) return undefined
    if (largest <= -ediffg || outcar.converged.ionicByForces === true) return undefined
    // Without a mask the largest force may sit on a frozen ion.
    const hasFrozen = planned.structure.sites.some(({ mobile }) => mobile?.includes(false))
    if (hasFrozen && outcar.converged.frozenMask === 'unknown') return undefined
    return `not relaxed to the criterion: the largest force is ${largest.toFixed(3)} eV/Å, EDIFFG asks for ${-ediffg} eV/Å`
  },
}
