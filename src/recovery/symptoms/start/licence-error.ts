import { sameInputs } from '../../changes.ts'
import { messageSymptom } from '../../message-symptom.ts'

export const licenceError = messageSymptom({
  name: 'licence_error',
  message: [
    'FLEXnet Licensing error',
    'FlexNet Licensing error',
    'License checkout failed',
    'license has expired',
  ],
  patterns: [
    /could not (check ?out|obtain|acquire).*licen[cs]e/i,
    /licen[cs]e (server|manager).*(down|unavailable|not responding|refused)/i,
    /licen[cs]e.*(has )?expired/i,
  ],
  cause: 'A licence (of the program or its runtime) could not be had.',
  cure: 'Same inputs again, twice: servers come back.',
  advice: 'Ask the site about its licence server.',
  source: 'messages of FlexNet',
  weight: 'ending',
  ladder: [
    {
      class: 'numerics',
      reason: 'Licences are free again after a while.',
      cap: 2,
      changes: () => [sameInputs],
    },
  ],
})
