import { fromContcar } from '../../changes.ts'
import type { RunReading } from '../../run-reading.ts'
import type { Symptom, SymptomEvidence } from '../../symptom.ts'

export const interrupted: Symptom = {
  name: 'interrupted',
  message: ['no "General timing and accounting informations" at the end of the OUTCAR'],
  cause: 'The run breaks off without a word.',
  cure: 'On from CONTCAR, twice.',
  advice: 'Look at the end of vasp.out and vasp.err and ask the batch system’s accounting.',
  source: 'survey of 406 public OUTCARs, VASP 4.6 to 6.4',
  weight: 'fallback',
  watches: false,
  detects: broken,
  ladder: [
    {
      class: 'numerics',
      reason: 'Without a known cause it is worth another try.',
      cap: 2,
      changes: () => [fromContcar],
    },
  ],
}

function broken({ outcar, oszicar, jobEnd }: RunReading): SymptomEvidence | undefined {
  if (outcar?.runState === 'interrupted') {
    return {
      where: 'OUTCAR',
      says: `ends within or after ionic step ${outcar.ionicSteps.length} without the accounting`,
    }
  }
  if (outcar?.runState === 'failed-at-start')
    return { where: 'OUTCAR', says: 'ends before the first electronic step' }
  if (outcar === undefined && oszicar !== undefined && oszicar.unfinishedScfSteps > 0) {
    return {
      where: 'OSZICAR',
      says: `ends ${oszicar.unfinishedScfSteps} electronic steps after ionic step ${oszicar.ionicSteps.length}`,
    }
  }
  return outcar === undefined && jobEnd !== undefined && jobEnd.code !== 0
    ? { where: 'job', says: `exit code ${jobEnd.code} and no OUTCAR` }
    : undefined
}
