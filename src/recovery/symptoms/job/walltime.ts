import { fromContcar, sameGeometry } from '../../changes.ts'
import { ionicHistory } from '../../ionic-history.ts'
import { schedulerSymptom } from '../../scheduler-symptom.ts'

const stepsThatPay = 2

export const walltime = schedulerSymptom({
  name: 'walltime',
  message: [
    'DUE TO TIME LIMIT',
    'PBS: job killed: walltime',
    'job killed after reaching LSF run time limit',
    'job reached wall time limit',
  ],
  patterns: [/walltime \d+ exceeded limit/i, /exceeded hard wallclock time/i],
  reasons: [/^TIMEOUT/i, /^DEADLINE/i, /TERM_RUNLIMIT/, /walltime/i, /h_rt/],
  jobEnd: ({ code, cause }) => cause === 'walltime-stop' || cause === 'XCPU' || cause === 'USR2' || code === 140 || code === 152,
  cause: 'The time limit of the job came before the end of the run.',
  cure: 'On from CONTCAR and WAVECAR with the steps that remain; when the job did not get through two ionic steps, with twice the time.',
  advice: 'Ask for a longer limit, more cores, or a smaller cell.',
  source: 'states and messages of Slurm, PBS, LSF and Grid Engine; signals of Grid Engine before its limits',
  ladder: [
    {
      class: 'numerics',
      reason: 'The run was on its way: it goes on where it stood.',
      cap: 6,
      changes: (run) => (ionicHistory(run).length >= stepsThatPay ? [fromContcar] : undefined),
    },
    {
      class: 'numerics',
      reason: 'In this time the run does not get anywhere.',
      cap: 2,
      changes: (run) => [
        ionicHistory(run).length > 0 ? fromContcar : sameGeometry,
        { kind: 'walltime', factor: 2 },
      ],
    },
  ],
})
