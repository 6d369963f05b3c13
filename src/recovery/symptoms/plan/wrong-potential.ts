import { potentialDifference } from '../../as-planned/potentials.ts'
import { planSymptom } from '../../plan-symptom.ts'
import { vaspWiki } from '../../sources.ts'

export const wrongPotential = planSymptom(
  {
    name: 'wrong_potential',
    message: ['TITEL or ZVAL in the OUTCAR differ from the plan'],
    cause: 'The library holds another dataset under this name, or POTCAR was put together by hand.',
    cure: 'None: energies of other datasets do not compare.',
    advice: 'Compare POTCAR.identity of the run with the plan, and look into the site’s library.',
    source: vaspWiki('POTCAR'),
  },
  potentialDifference,
)
