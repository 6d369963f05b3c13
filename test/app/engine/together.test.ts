import { describe, expect, it } from 'vitest'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import { together } from '../../../src/app/engine/together.ts'

/** Only who asks matters here. */
const nobody = {} as EngineParts

describe('work that many ask for', () => {
  it('is done once for all that ask in the same moment, and once more for those that came while it was at work', async () => {
    const rounds: (readonly string[])[] = []
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const fill = together(async (_, sites) => {
      rounds.push(sites)
      if (rounds.length === 1) await held
    })

    const first = ['a', 'b', 'a'].map((site) => fill(nobody, [site]))
    await until(() => rounds.length === 1)
    const later = ['a', 'c'].map((site) => fill(nobody, [site]))
    release()
    await Promise.all([...first, ...later])

    expect(rounds).toEqual([['a', 'b'], ['a', 'c']])
  })

  it('lets nobody go on before a round is over that began after the question', async () => {
    const ended: number[] = []
    let begun = 0
    const work = together(async () => {
      const number = (begun += 1)
      await new Promise((resolve) => setImmediate(resolve))
      ended.push(number)
    })

    const first = work(nobody, ['x'])
    await until(() => begun === 1)
    await work(nobody, ['x'])

    expect(ended).toEqual([1, 2])
    await first
  })

  it('fails for those alone whose round failed', async () => {
    const work = together(async (_, subjects) => {
      if (subjects.includes('bad')) throw new Error('the disk is full')
    })

    const bad = expect(work(nobody, ['bad'])).rejects.toThrow('the disk is full')
    await bad

    await expect(work(nobody, ['good'])).resolves.toBeUndefined()
  })

  it('goes on without a round that hangs', async () => {
    let rounds = 0
    const work = together(async () => {
      rounds += 1
      if (rounds === 1) await new Promise(() => undefined)
    }, 10)
    void work(nobody, ['x'])
    await until(() => rounds === 1)

    const ticking = setInterval(() => undefined, 5)
    await work(nobody, ['x'])
    clearInterval(ticking)

    expect(rounds).toBe(2)
  })

  it('is kept apart for different engines', async () => {
    const rounds: (readonly string[])[] = []
    const work = together(async (_, subjects) => void rounds.push(subjects))

    await Promise.all([work({ ...nobody }, ['one']), work({ ...nobody }, ['other'])])

    expect(rounds.toSorted()).toEqual([['one'], ['other']])
  })
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
