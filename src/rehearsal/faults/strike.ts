import type { Fault } from './fault.ts'

/** The world of a process that is about to go down; given from outside so that a test need not die. */
export interface DyingProcess {
  stdout(text: string): void
  stderr(text: string): void
  kill(signal: NodeJS.Signals): void
}

/** Thrown to leave the run where it stands: files stay as they are, without an end. */
export class RunCutOff extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super('The run was cut off.')
    this.exitCode = exitCode
  }
}

const oomText =
  'slurmstepd: error: Detected 1 oom-kill event(s) in StepId=1.0. ' +
  'Some of your processes may have been killed by the cgroup out-of-memory handler.\n'

const segfaultText = [
  'forrtl: severe (174): SIGSEGV, segmentation fault occurred',
  'Image              PC                Routine            Line        Source',
  'vasp_std           0000000000000000  Unknown               Unknown  Unknown',
  '',
].join('\n')

/**
 * Ends the run as the fault says; files stay as they are.
 *
 * @throws RunCutOff with the exit code that a shell would see, when the process still lives
 */
export function strike(fault: Fault, process: DyingProcess): never {
  switch (fault.kind) {
    case 'walltime':
      process.stderr('slurmstepd: error: *** JOB 1 ON rehearsal CANCELLED DUE TO TIME LIMIT ***\n')
      process.kill('SIGTERM')
      throw new RunCutOff(143)
    case 'out-of-memory':
      process.stderr(oomText)
      process.kill('SIGKILL')
      throw new RunCutOff(137)
    case 'preempted':
      process.stderr('slurmstepd: error: *** JOB 1 ON rehearsal CANCELLED AT 2026-01-01T00:00:00 DUE TO PREEMPTION ***\n')
      process.kill('SIGTERM')
      throw new RunCutOff(143)
    case 'node-failure':
      process.stderr('slurmstepd: error: *** JOB 1 ON rehearsal CANCELLED AT 2026-01-01T00:00:00 DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***\n')
      process.kill('SIGKILL')
      throw new RunCutOff(137)
    case 'segfault-at-start':
    case 'segfault':
      process.stderr(segfaultText)
      throw new RunCutOff(174)
    case 'disk-full':
      process.stderr(
        'forrtl: No space left on device\nforrtl: severe (38): error during write, unit 6, file OUTCAR\n',
      )
      throw new RunCutOff(38)
    case 'message':
      throw new RunCutOff(1)
    default:
      process.kill('SIGKILL')
      throw new RunCutOff(137)
  }
}
