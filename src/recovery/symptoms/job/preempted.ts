import { fromContcar } from '../../changes.ts'
import { schedulerSymptom } from '../../scheduler-symptom.ts'

export const preempted = schedulerSymptom({
  name: 'preempted',
  message: ['DUE TO PREEMPTION'],
  reasons: [/^PREEMPTED/i, /TERM_PREEMPT/, /preempt/i],
  cause: 'A job with more right took the nodes.',
  cure: 'Same inputs again, from CONTCAR where it is sound; as often as eight times.',
  advice: 'Use a partition without preemption.',
  source: 'states of Slurm and LSF',
  ladder: [
    {
      class: 'numerics',
      reason: 'Nothing is wrong with the calculation.',
      cap: 8,
      changes: () => [fromContcar],
    },
  ],
})
