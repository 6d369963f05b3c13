import { messageSymptom } from '../../message-symptom.ts'

export const unknownError = messageSymptom({
  name: 'unknown_error',
  message: [
    'I REFUSE TO CONTINUE WITH THIS SICK JOB',
    'VERY BAD NEWS! internal error in subroutine',
    'STOPPING THE CODE',
  ],
  cause: 'VASP gave up with words that are not in this list.',
  cure: 'None: the same inputs would end in the same way.',
  advice: 'Read the box in vasp.out; the wiki explains most of them.',
  source: 'boxes of VASP 5 and 6',
  weight: 'fallback',
})
