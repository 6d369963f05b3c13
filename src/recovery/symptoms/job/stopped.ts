import { fromContcar } from '../../changes.ts'
import { evidenceOf, findMessage } from '../../message-symptom.ts'
import type { Symptom } from '../../symptom.ts'

const words = ['soft stop encountered', 'hard stop encountered']

export const stopped: Symptom = {
  name: 'stopped',
  message: words,
  cause: 'VASP obeyed a STOPCAR, written before the time limit or because the run led nowhere.',
  cure: 'On from CONTCAR and WAVECAR with the steps that remain.',
  advice: 'Look at the reason that was recorded with the STOPCAR.',
  source: 'https://vasp.at/wiki/STOPCAR',
  weight: 'suspect',
  watches: false,
  detects: (run) => {
    const found = findMessage(run, words)
    if (found !== undefined) return evidenceOf(found)
    return run.outcar?.runState === 'stopped' ? { where: 'OUTCAR', says: 'a stop was obeyed' } : undefined
  },
  ladder: [
    {
      class: 'numerics',
      reason: 'A stopped run goes on where it stood.',
      cap: 6,
      changes: () => [fromContcar],
    },
  ],
}
