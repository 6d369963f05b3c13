import { fromContcar } from '../../changes.ts'
import { evidenceOf, findMessage } from '../../message-symptom.ts'
import type { Symptom } from '../../symptom.ts'

const words = [
  'BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES',
  'error (78): process killed',
  'MPI_ABORT was invoked',
  'exited on signal',
]

export const processKilled: Symptom = {
  name: 'process_killed',
  message: words,
  cause: 'Something ended a rank from outside, and nothing says what: often the memory, a limit or a node.',
  cure: 'On from CONTCAR, twice.',
  advice: 'Ask the batch system’s accounting for the cause.',
  source: 'messages of Hydra, Intel Fortran and Open MPI',
  weight: 'fallback',
  watches: false,
  detects: (run) => {
    const found = findMessage(run, words)
    if (found !== undefined) return evidenceOf(found)
    const { code, cause } = run.jobEnd ?? { code: 0, cause: 'exit' }
    const isSignal = cause !== 'exit' || code === 137 || code === 143 || code === 130
    return isSignal && code !== 0
      ? { where: 'job', says: `the job ended with ${cause} and exit code ${code}` }
      : undefined
  },
  ladder: [
    {
      class: 'numerics',
      reason: 'Without a known cause it is worth another try.',
      cap: 2,
      changes: () => [fromContcar],
    },
  ],
}
