import { expect, it } from 'vitest'
import { diagnose } from '../../src/recovery/diagnose.ts'
import { judgeAttempt } from '../../src/workflow/verdict.ts'

const softStop = ' soft stop encountered!  aborting job ...'

function decisionAfter(cause: string) {
  const diagnoses = diagnose({ stdout: softStop, stderr: '', jobEnd: { code: 0, cause } })
  return judgeAttempt({ runState: 'stopped', attempt: 1, diagnoses, history: [], allowComparability: false, isPossible: () => true })
}

it('waits for the person who wrote the STOPCAR, and goes on after one that was written before the end of the time', () => {
  expect(decisionAfter('stopcar').kind).toBe('person')
  expect(decisionAfter('walltime-stop').kind).toBe('correct')
})
