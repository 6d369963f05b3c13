import { functionalDifference } from '../../as-planned/functional.ts'
import { planSymptom } from '../../plan-symptom.ts'
import { vaspWiki } from '../../sources.ts'

export const wrongFunctional = planSymptom(
  {
    name: 'wrong_functional',
    message: ['GGA, LUSE_VDW or IVDW in the OUTCAR differ from the plan'],
    cause:
      'A tag of another step is left (AGGAC, LUSE_VDW), or a template changed it. PARAM1 and PARAM2 prove nothing: VASP prints their defaults always.',
    cure: 'None: the number belongs to another method.',
    advice: 'Compare the INCAR of the run with the plan, then retry.',
    source: vaspWiki('Nonlocal_vdW-DF_functionals'),
  },
  functionalDifference,
)
