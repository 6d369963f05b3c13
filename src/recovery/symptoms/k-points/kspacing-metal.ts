import { numberInForce } from '../../run-reading.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

const metalSpacing = 0.22

export const kspacingMetal: Symptom = {
  name: 'kspacing_metal',
  message: ['no gap with KSPACING > 0.22'],
  cause: 'A metal on a mesh meant for an insulator.',
  cure: 'None, only a label: another mesh for one member (as custodian sets) does not compare. Plans write KPOINTS rather than KSPACING.',
  advice: 'Use a denser mesh for the whole series.',
  source: custodianHandler('KspacingMetalHandler'),
  weight: 'label',
  watches: false,
  detects: (run) => {
    const spacing = numberInForce(run, 'KSPACING')
    if (run.gapEv !== 0 || spacing === undefined || spacing <= metalSpacing) return undefined
    return { where: 'OUTCAR', says: `no gap, KSPACING = ${spacing}` }
  },
  ladder: [],
}
