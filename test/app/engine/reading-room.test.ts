import { describe, expect, it } from 'vitest'
import { ReadingRoom } from '../../../src/app/engine/reading-room.ts'

describe('the room in which files are read', () => {
  it('holds many readers of small cells, and two of slabs with hundreds of atoms', async () => {
    expect(await insideOf(Array.from({ length: 32 }, () => 36))).toHaveLength(32)
    expect(await insideOf([3_000, 3_000, 3_000])).toEqual([0, 1])
    expect(await insideOf([9_000, 9_000, 36])).toEqual([0, 1])
  })

  it('lets in who came first, also when a smaller one behind would fit', async () => {
    const room = new ReadingRoom()
    const entered: string[] = []
    const enter = (name: string, electrons: number) => room.enter(electrons).then((leave) => (entered.push(name), leave))
    const leaves = [await enter('a', 3_000), await enter('b', 500)]
    const large = enter('large', 2_000)
    const small = enter('small', 100)
    await turns()
    expect(entered).toEqual(['a', 'b'])

    for (const leave of leaves) leave()
    await Promise.all([large, small])

    expect(entered).toEqual(['a', 'b', 'large', 'small'])
  })

  it('is empty but for one that is to be alone', async () => {
    const room = new ReadingRoom()
    const leaveFirst = await room.enter(36)
    let isInside = false
    const suspect = room.enter(36, true).then((leave) => ((isInside = true), leave))
    const next = room.enter(36)
    await turns()
    expect(isInside).toBe(false)

    leaveFirst()
    const leaveSuspect = await suspect
    let nextIsInside = false
    void next.then(() => (nextIsInside = true))
    await turns()
    expect(nextIsInside).toBe(false)
    leaveSuspect()
    await next
  })

  it('counts nobody out twice', async () => {
    const room = new ReadingRoom()
    const leave = await room.enter(3_000)
    await room.enter(3_000)
    leave()
    leave()
    await room.enter(3_000)
    let isInside = false
    void room.enter(3_000).then(() => (isInside = true))
    await turns()
    expect(isInside).toBe(false)
  })
})

/** Places in the order of coming of those that are let in at once. */
async function insideOf(electrons: readonly number[]): Promise<readonly number[]> {
  const room = new ReadingRoom()
  const inside: number[] = []
  electrons.forEach((each, i) => void room.enter(each).then(() => inside.push(i)))
  await turns()
  return inside
}

async function turns(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await new Promise((resolve) => setImmediate(resolve))
}
