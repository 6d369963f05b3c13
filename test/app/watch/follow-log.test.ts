import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { addedSince, followLog, lastLines } from '../../../src/app/watch/follow-log.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const here = localTransport()

describe('the log of a run', () => {
  it('shows its last lines, then only what was added, and begins anew with a new file', async () => {
    const file = join(temporaryFolder(), 'vasp out')
    writeFileSync(file, 'one\ntwo\nthree\n')

    const first = await lastLines(here, file, 2)
    appendFileSync(file, 'four\n')
    const second = await addedSince(here, file, first?.seenBytes ?? 0)
    writeFileSync(file, 'anew\n')
    const third = await addedSince(here, file, second?.seenBytes ?? 0)

    expect([first, second, third]).toEqual([
      { text: 'two\nthree\n', seenBytes: 14 },
      { text: 'four\n', seenBytes: 19 },
      { text: 'anew\n', seenBytes: 5 },
    ])
    expect(await lastLines(here, `${file}.absent`, 2)).toBeUndefined()
  })

  it('hands out a long file whole, in parts of 64 kB', async () => {
    const file = join(temporaryFolder(), 'vasp.out')
    writeFileSync(file, 'x'.repeat(150_000))

    let seen = 0
    const sizes: number[] = []
    for (let i = 0; i < 4; i++) {
      const part = await addedSince(here, file, seen)
      seen = part?.seenBytes ?? seen
      sizes.push(part?.text.length ?? -1)
    }

    expect(sizes).toEqual([65_536, 65_536, 18_928, 0])
  })

  it('is followed until the job is over and nothing is left to show', async () => {
    const file = join(temporaryFolder(), 'vasp.out')
    writeFileSync(file, 'step 1\n')
    const steps = ['step 2\n', 'step 3\n']
    const clock: Clock = { now: () => new Date(0), sleep: async () => appendFileSync(file, steps.shift() ?? '') }
    let shown = ''

    const until = { signal: new AbortController().signal, isOver: async () => steps.length === 0, everySeconds: 10 }
    await followLog(here, clock, file, (text) => (shown += text), until)

    expect(shown).toBe('step 1\nstep 2\nstep 3\n')
  })
})
