import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/recovery/diagnose.ts'
import { vaspMessages } from '../../src/rehearsal/faults/messages-data.ts'
import { saying } from './evidence.ts'

describe('every message that a rehearsed failure prints', () => {
  it.each(Object.entries(vaspMessages))('%s is told by its name', (key, { lines }) => {
    expect(diagnose(saying(lines.join('\n'))).map(({ symptom }) => symptom)).toContain(key)
  })
})
