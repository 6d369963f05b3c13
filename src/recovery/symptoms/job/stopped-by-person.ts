import { schedulerSymptom } from '../../scheduler-symptom.ts'

export const stoppedByPerson = schedulerSymptom({
  name: 'stopped_by_person',
  message: [],
  reasons: [],
  jobEnd: ({ cause }) => cause === 'stopcar',
  cause: 'VASP obeyed a STOPCAR that a person wrote.',
  cure: 'None: whoever wrote it had a reason.',
  advice: 'Retry the calculation when it shall go on; it starts from the last geometry.',
  source: 'the job script of dopant; https://vasp.at/wiki/STOPCAR',
})
