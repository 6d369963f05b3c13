import { schedulerSymptom } from '../../scheduler-symptom.ts'

export const copyBack = schedulerSymptom({
  name: 'copy_back',
  message: [],
  reasons: [],
  jobEnd: ({ cause }) => cause === 'copy-back',
  cause: 'The work folder took no more files when the job ended: the run is still in its scratch folder.',
  cure: 'None: dopant-end of the attempt names the node and the folder.',
  advice: 'Make room, copy what dopant-end names as scratch into the attempt’s folder if it is worth it, then retry.',
  source: 'the job script of dopant',
})
