import { hubbardDifference } from '../../as-planned/hubbard.ts'
import { planSymptom } from '../../plan-symptom.ts'
import { vaspWiki } from '../../sources.ts'

export const wrongHubbard = planSymptom(
  {
    name: 'wrong_hubbard',
    message: ['LDAUL, LDAUU or LDAUJ in the OUTCAR differ from the plan'],
    cause:
      'LDAUU belongs to species in POSCAR order; after a new order U sits on another element, and VASP ignores surplus values in silence.',
    cure: 'None: the number belongs to another method.',
    advice: 'Compare POSCAR, POTCAR and INCAR of the run with the plan, then retry.',
    source: `${vaspWiki('LDAUU')}; quacc #2583`,
  },
  hubbardDifference,
)
