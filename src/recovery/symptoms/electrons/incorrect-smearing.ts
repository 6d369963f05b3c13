import { numberInForce } from '../../run-reading.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

export const incorrectSmearing: Symptom = {
  name: 'incorrect_smearing',
  message: ['no gap with ISMEAR < −3 and NSW > 1'],
  cause: 'Forces of a metal with the tetrahedron method are not derivatives of its energy.',
  cure: 'None, only a label: custodian sets ISMEAR = 2 for the one member, whose energy then no longer compares.',
  advice: 'Relax the whole series with ISMEAR = 0.',
  source: custodianHandler('IncorrectSmearingHandler'),
  weight: 'label',
  watches: false,
  detects: (run) => {
    const isTetrahedra = (numberInForce(run, 'ISMEAR') ?? 0) < -3 && (numberInForce(run, 'NSW') ?? 0) > 1
    return run.gapEv === 0 && isTetrahedra
      ? { where: 'OUTCAR', says: 'no gap, tetrahedra and moving ions' }
      : undefined
  },
  ladder: [],
}
