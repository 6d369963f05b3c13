import { describe, expect, it } from 'vitest'
import { StoreUnreachableError } from '../../../src/adapters/stores/database-errors.ts'
import { gathered, gatheredReads } from '../../../src/adapters/stores/gather.ts'

describe('questions that are asked at the same time', () => {
  it('go together into one statement, and those that come meanwhile into the next one, a hundred at most', async () => {
    const sizes: number[] = []
    const ask = gathered<number, number>(async (numbers) => {
      sizes.push(numbers.length)
      return numbers.map((each) => ({ answer: each * each }))
    })

    const answers = await Promise.all(Array.from({ length: 250 }, (_, i) => ask(i)))

    expect(sizes).toEqual([100, 100, 50])
    expect(answers).toEqual(Array.from({ length: 250 }, (_, i) => i * i))
  })

  it('are asked one by one where the statement fails, so that one bad record costs the others nothing', async () => {
    const ask = gathered<string, string>(async (words) => {
      if (words.includes('bad')) throw new Error('invalid input syntax')
      return words.map((answer) => ({ answer }))
    })

    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map(ask))

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('are not asked again where the database is away: it is not known what was done', async () => {
    let times = 0
    const ask = gathered<string, string>(async () => {
      times += 1
      throw Object.assign(new Error('connection terminated'), { code: '08006' })
    })

    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map(ask))

    expect(times).toBe(1)
    expect(outcomes.every((each) => each.status === 'rejected' && each.reason instanceof StoreUnreachableError)).toBe(true)
  })

  it('are each read once, and never before they were asked', async () => {
    const read: (readonly string[])[] = []
    let value = 1
    const ask = gatheredReads<number>(async (keys) => {
      read.push(keys)
      const seen = value
      await new Promise((resolve) => setImmediate(resolve))
      return new Map(keys.flatMap((key) => (key === 'nobody' ? [] : [[key, seen]])))
    }, 0)

    const before = Promise.all(['a', 'b', 'a', 'nobody'].map(ask))
    while (read.length === 0) await new Promise((resolve) => setImmediate(resolve))
    value = 2

    expect(await ask('a')).toBe(2)
    expect(await before).toEqual([1, 1, 1, 0])
    expect(read).toEqual([['a', 'b', 'nobody'], ['a']])
  })
})
