import { cutoffDifference } from '../../as-planned/cutoff.ts'
import { planSymptom } from '../../plan-symptom.ts'
import { vaspWiki } from '../../sources.ts'

export const wrongCutoff = planSymptom(
  {
    name: 'wrong_cutoff',
    message: ['ENCUT in the OUTCAR differs from the plan'],
    cause: 'A template or a hand changed ENCUT.',
    cure: 'None: energies of other cut-offs do not compare.',
    advice: 'Compare the INCAR of the run with the plan, then retry.',
    source: vaspWiki('ENCUT'),
  },
  cutoffDifference,
)
