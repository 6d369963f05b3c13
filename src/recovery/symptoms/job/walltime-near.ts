import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

const leastSeconds = 300
const slowestSteps = 3

export const walltimeNear: Symptom = {
  name: 'walltime_near',
  message: ['less time left than three times the slowest ionic step, or than 300 s'],
  cause: 'The limit will end the job within an ionic step; WAVECAR would be lost.',
  cure: 'STOPCAR with LSTOP when one more step fits, else LABORT: VASP ends by itself, writes WAVECAR, and the next attempt goes on.',
  advice: 'Ask for a longer limit.',
  source: custodianHandler('WalltimeHandler'),
  weight: 'cause',
  watches: true,
  detects: (run) => {
    const left = run.watch?.secondsLeft
    if (left === undefined) return undefined
    const slowest = slowestStepSeconds(run)
    return left >= Math.max(leastSeconds, slowestSteps * slowest)
      ? undefined
      : {
          where: 'watch',
          says: `${Math.round(left / 60)} min left, the slowest ionic step took ${Math.round(slowest / 60)} min`,
        }
  },
  ladder: [
    {
      class: 'numerics',
      reason: 'A run that ends by itself keeps its orbitals.',
      cap: 6,
      changes: (run) => {
        const fits = (run.watch?.secondsLeft ?? 0) > 1.5 * slowestStepSeconds(run)
        return [{ kind: 'stop', how: fits ? 'LSTOP' : 'LABORT' }]
      },
    },
  ],
}

function slowestStepSeconds(run: Parameters<Symptom['detects']>[0]): number {
  return Math.max(0, ...(run.outcar?.ionicSteps ?? []).map(({ loopSeconds }) => loopSeconds ?? 0))
}
