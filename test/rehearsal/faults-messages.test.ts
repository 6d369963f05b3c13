import { describe, expect, it } from 'vitest'
import { symptoms } from '../../src/recovery/symptoms.ts'
import { vaspMessages } from '../../src/rehearsal/faults/messages-data.ts'
import { messagePatterns } from '../../src/vasp/output/stdout-messages-data.ts'
import { readStdout } from '../../src/vasp/output/stdout.ts'

describe('every message that a rehearsal can print', () => {
  const known = Object.keys(vaspMessages).filter((key) =>
    messagePatterns.some((pattern) => pattern.key === key),
  )

  it.each(known)('is recognised on standard output under its own name: %s', (key) => {
    const { messages } = readStdout(vaspMessages[key]!.lines.join('\n') + '\n')

    expect(messages.map((message) => message.key)).toContain(key)
  })

  it('has a name that the reader of standard output or the diagnosis knows', () => {
    const symptomNames = symptoms.map(({ name }) => name)

    expect(Object.keys(vaspMessages).filter((key) => !known.includes(key) && !symptomNames.includes(key))).toEqual([])
  })
})
