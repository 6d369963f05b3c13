import { findMessage, evidenceOf } from '../../message-symptom.ts'
import type { RunReading } from '../../run-reading.ts'
import type { Symptom, SymptomEvidence } from '../../symptom.ts'

export const segfaultWords = ['severe (174): SIGSEGV', 'Segmentation fault', 'segmentation fault', 'SIGSEGV']

export function segfaultSign(run: RunReading): SymptomEvidence | undefined {
  const found = findMessage(run, segfaultWords)
  if (found !== undefined) return evidenceOf(found)
  const code = run.jobEnd?.code
  return code === 139 || code === 174
    ? { where: 'job', says: `the job ended with exit code ${code}` }
    : undefined
}

/** Has VASP begun an electronic step? */
export function hasBegun({ outcar, oszicar, stdout }: RunReading): boolean {
  const inFiles =
    (outcar?.ionicSteps.length ?? 0) + (oszicar?.ionicSteps.length ?? 0) + (oszicar?.unfinishedScfSteps ?? 0)
  return inFiles > 0 || /^[A-Z]{3}: +\d/m.test(stdout)
}

export const segfaultAtStart: Symptom = {
  name: 'segfault_at_start',
  message: segfaultWords,
  cause:
    'A crash before the first electronic step: too small a stack (`ulimit -s`), libraries that do not fit, or too little memory.',
  cure: 'Fewer ranks a node once; the rest is up to the site.',
  advice: 'Put `ulimit -s unlimited` and the modules VASP was built with into the prologue of the site.',
  source: 'messages of Intel and GNU Fortran',
  weight: 'ending',
  watches: false,
  detects: (run) => (hasBegun(run) ? undefined : segfaultSign(run)),
  ladder: [
    {
      class: 'numerics',
      reason: 'With more memory to a rank a stack may fit.',
      changes: () => [{ kind: 'layout', change: 'halve-ranks-per-node' }],
    },
  ],
}
