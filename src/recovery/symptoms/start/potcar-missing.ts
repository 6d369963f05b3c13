import { messageSymptom } from '../../message-symptom.ts'

export const potcarMissing = messageSymptom({
  name: 'potcar_missing',
  message: ['dopant: POTCAR:', 'there is no POTCAR'],
  patterns: [
    /\bPOTCAR\b.*(not found|no such file|does not exist|could not be (found|opened)|cannot (be )?open)/i,
    /(file not found|cannot open|no such file).*\bPOTCAR\b/i,
  ],
  cause: 'A dataset is not in the site’s library, or POTCAR could not be put together.',
  cure: 'None: datasets are licensed and stay where they are.',
  advice: 'Set potcarLibrary of the site, or put the dataset that is named into it.',
  source: 'runtime messages of Intel Fortran (severe 29) and GNU Fortran; our own script',
  weight: 'cause',
})
