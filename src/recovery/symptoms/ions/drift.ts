import { tighterForces } from '../../ladders/ionic-ladder.ts'
import { numberInForce } from '../../run-reading.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

const lastSteps = 3

export const drift: Symptom = {
  name: 'drift',
  message: ['the mean drift of the last three ionic steps is over |EDIFFG|'],
  cause:
    'The forces do not add up to zero to the wanted accuracy: grid noise, or electrons that are not converged.',
  cure: 'Tighter EDIFF. custodian raises PREC and ENAUG, which for one member does not compare. Only for relaxations that did not converge.',
  advice: 'Raise ENCUT or PREC for the whole series, or accept a larger EDIFFG.',
  source: custodianHandler('DriftErrorHandler'),
  weight: 'suspect',
  watches: false,
  detects: (run) => {
    const ediffg = numberInForce(run, 'EDIFFG') ?? 0
    const drifts = (run.outcar?.ionicSteps ?? [])
      .flatMap(({ driftEvPerAngstrom: d }) => (d === undefined ? [] : [Math.hypot(...d)]))
      .slice(-lastSteps)
    const mean = drifts.reduce((sum, size) => sum + size, 0) / drifts.length
    if (
      run.outcar?.runState !== 'ionic-unconverged' ||
      ediffg >= 0 ||
      drifts.length < lastSteps ||
      mean <= -ediffg
    )
      return undefined
    return { where: 'OUTCAR', says: `mean drift ${mean.toFixed(3)} eV/Å, EDIFFG = ${ediffg}` }
  },
  ladder: [tighterForces],
}
