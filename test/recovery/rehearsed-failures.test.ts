import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/recovery/diagnose.ts'
import { vaspMessages } from '../../src/rehearsal/faults/messages-data.ts'
import { readFault } from '../../src/rehearsal/faults/fault.ts'
import { RunCutOff, strike } from '../../src/rehearsal/faults/strike.ts'
import { saying } from './evidence.ts'

/** What the rehearsal leaves behind when it goes down. */
function struck(kind: string): { stderr: string; code: number } {
  let stderr = ''
  try {
    strike(readFault(kind)!, {
      stdout: () => undefined,
      stderr: (text) => (stderr += text),
      kill: () => undefined,
    })
  } catch (error) {
    if (error instanceof RunCutOff) return { stderr, code: error.exitCode }
    throw error
  }
}

describe('every failure that can be rehearsed', () => {
  it.each([
    ['walltime', 'walltime'],
    ['out-of-memory', 'out_of_memory'],
    ['segfault', 'segfault_at_start'],
    ['disk-full', 'disk_full'],
    ['killed-mid-step', 'process_killed'],
  ])('%s is told as %s', (kind, name) => {
    const { stderr, code } = struck(kind)

    expect(
      diagnose(saying('', { stderr, jobEnd: { code, cause: 'exit' } })).map(({ symptom }) => symptom),
    ).toEqual([name])
  })

  it('missing-potcar is told as potcar_missing', () => {
    expect(
      diagnose(saying('ERROR: there is no POTCAR (and no POTCAR.spec) in this folder, STOPPING')).map(
        ({ symptom }) => symptom,
      ),
    ).toEqual(['potcar_missing'])
  })
})

describe('every message that a rehearsed failure prints', () => {
  it.each(Object.entries(vaspMessages))('%s is told by its name', (key, { lines }) => {
    expect(diagnose(saying(lines.join('\n'))).map(({ symptom }) => symptom)).toContain(key)
  })
})
