import { convergenceLadder } from '../../ladders/electronic-ladder.ts'
import { missesInARow, missesThatTell } from '../../ionic-history.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

export const nonconverging: Symptom = {
  name: 'nonconverging',
  message: ['the last four ionic steps or more all used up NELM'],
  cause:
    'One electronic loop after another does not converge: forces are wrong and the relaxation leads nowhere.',
  cure: 'The ladder of nelm, without waiting for the end of the job.',
  advice: 'Try other starting moments, or another geometry.',
  source: custodianHandler('NonConvergingErrorHandler'),
  weight: 'suspect',
  watches: true,
  detects: (run) => {
    const misses = missesInARow(run)
    const where = run.outcar === undefined ? 'OSZICAR' : 'OUTCAR'
    return misses < missesThatTell
      ? undefined
      : { where, says: `the last ${misses} ionic steps used up NELM`, count: misses }
  },
  ladder: convergenceLadder,
}
