import { fromContcarAfresh } from '../../changes.ts'
import { algoNormal } from '../../ladders/electronic-ladder.ts'
import { symprec } from '../../ladders/symmetry-ladder.ts'
import { custodianHandler } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

const longestSilenceSeconds = 6 * 3600
// An electronic step of a run that was alive so far does not take so many times the slowest whole ionic step.
const slowestSteps = 10
const leastSilenceSeconds = 3600

export const frozen: Symptom = {
  name: 'frozen',
  message: ['no output for six hours, or for ten times the slowest ionic step'],
  cause: 'The run hangs: a dead rank, a lost file system, a solver that does not return.',
  cure: 'STOPCAR does not reach a run that hangs: cancel the job, then ALGO = Normal, SYMPREC 1E-8, other nodes where the batch system can be told so, from CONTCAR.',
  advice: 'Cancel the job and look at its node.',
  source: custodianHandler('FrozenJobErrorHandler'),
  weight: 'cause',
  watches: true,
  detects: (run) => {
    const silence = run.watch?.secondsSinceOutput
    if (silence === undefined) return undefined
    const loops = (run.outcar?.ionicSteps ?? []).map(({ loopSeconds }) => loopSeconds ?? 0)
    const slowest = Math.max(run.watch?.longestStepSeconds ?? 0, ...loops)
    const least = run.watch?.leastSilenceSeconds ?? leastSilenceSeconds
    const limit =
      slowest > 0
        ? Math.min(longestSilenceSeconds, Math.max(least, slowestSteps * slowest))
        : longestSilenceSeconds
    return silence < limit
      ? undefined
      : { where: 'watch', says: `no output for ${silence < 120 ? `${Math.round(silence)} s` : `${Math.round(silence / 60)} min`}` }
  },
  ladder: [
    { ...algoNormal, changes: (run) => withRestart(algoNormal.changes(run)) },
    { ...symprec(1e-8, 'The search for symmetry is known to hang on nearly symmetric cells.') },
    {
      class: 'numerics',
      reason: 'Other nodes may not hang.',
      changes: () => [fromContcarAfresh, { kind: 'avoid-nodes', isPoint: true }],
    },
  ],
}

function withRestart(changes: ReturnType<typeof algoNormal.changes>): typeof changes {
  return changes === undefined ? undefined : [...changes, fromContcarAfresh]
}
