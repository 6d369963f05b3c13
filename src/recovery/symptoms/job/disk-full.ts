import { schedulerSymptom } from '../../scheduler-symptom.ts'

export const diskFull = schedulerSymptom({
  name: 'disk_full',
  message: ['Disk quota exceeded', 'No space left on device', 'File size limit exceeded'],
  patterns: [/severe \(38\): error during write/i],
  reasons: [/quota/i],
  cause: 'The quota or the file system is full; files may be cut.',
  cure: 'None by itself: files of other runs may be needed. The next attempt then starts from a sound CONTCAR.',
  advice: 'Make room on the site, then retry.',
  source: 'messages of the operating system and of Intel Fortran',
})
