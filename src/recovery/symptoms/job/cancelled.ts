import { schedulerSymptom } from '../../scheduler-symptom.ts'

export const cancelled = schedulerSymptom({
  name: 'cancelled',
  message: [],
  // Slurm cancels steps by itself when a rank crashes: only the job counts.
  patterns: [/\*\*\* JOB \S+ ON \S+ CANCELLED AT \S+ \*\*\*/],
  reasons: [/^CANCELLED/i, /TERM_OWNER/, /TERM_ADMIN/],
  cause: 'A person cancelled the job.',
  cure: 'None: whoever cancelled it had a reason.',
  advice: 'Retry the calculation when the reason is gone.',
  source: 'states of Slurm and LSF',
})
