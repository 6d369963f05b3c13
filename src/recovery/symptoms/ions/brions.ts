import { set, fromContcar } from '../../changes.ts'
import { conjugateGradients } from '../../ladders/ionic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { numberInForce } from '../../run-reading.ts'
import { custodian } from '../../sources.ts'

export const brions = messageSymptom({
  name: 'brions',
  message: ['BRIONS problems: POTIM should be increased'],
  cause: 'The steps of the relaxation are too short for the curvature that VASP sees.',
  cure: 'POTIM 0.1 longer (to 1 at most), then conjugate gradients. A run that ends well is left alone.',
  advice: 'Look at the forces of the last steps.',
  source: custodian,
  weight: 'suspect',
  ladder: [
    {
      class: 'numerics',
      reason: 'VASP asks for a longer POTIM.',
      changes: (run) => {
        const potim = Number(((numberInForce(run, 'POTIM') ?? 0.5) + 0.1).toPrecision(3))
        return potim > 1 ? undefined : [...set({ POTIM: potim }), fromContcar]
      },
    },
    conjugateGradients,
  ],
})
