import { speciesOrderDifference } from '../../as-planned/species-order.ts'
import { planSymptom } from '../../plan-symptom.ts'

export const speciesOrder = planSymptom(
  {
    name: 'species_order',
    message: ['species or counts in the OUTCAR are not those of the planned POSCAR, in its order'],
    cause:
      'POSCAR or POTCAR was written again in another order: LDAUU, MAGMOM and the potentials then belong to other atoms.',
    cure: 'None: it is another crystal.',
    advice: 'Write the inputs again from the plan, then retry.',
    source: 'quacc #2583',
  },
  speciesOrderDifference,
)
