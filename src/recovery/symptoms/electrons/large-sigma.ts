import { ionCountOf, numberInForce } from '../../run-reading.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

const limitEvPerAtom = 1e-3

export const largeSigma: Symptom = {
  name: 'large_sigma',
  message: ['|T·S| over 1 meV per atom with ISMEAR ≥ 0'],
  cause: 'SIGMA is large for the states at the Fermi level: a metal, or a gap that closed.',
  cure: 'None, only a label: custodian scales SIGMA for the one member, whose energy then no longer compares.',
  advice: 'Report the energy extrapolated to SIGMA → 0, or choose a smaller SIGMA for the whole series.',
  source: custodianHandler('LargeSigmaHandler'),
  weight: 'label',
  watches: false,
  detects: (run) => {
    const ions = ionCountOf(run)
    const final = run.outcar?.final
    const ismear = numberInForce(run, 'ISMEAR')
    if (
      final?.totenEv === undefined ||
      final.energyWithoutEntropyEv === undefined ||
      !ions ||
      (ismear ?? -1) < 0
    )
      return undefined
    const entropyEvPerAtom = Math.abs(final.totenEv - final.energyWithoutEntropyEv) / ions
    if (entropyEvPerAtom <= limitEvPerAtom) return undefined
    return {
      where: 'OUTCAR',
      says: `the entropy term is ${(1000 * entropyEvPerAtom).toFixed(2)} meV per atom`,
    }
  },
  ladder: [],
}
