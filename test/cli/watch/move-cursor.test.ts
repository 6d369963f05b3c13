import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorAt, moveCursor, settle } from '../../../src/cli/watch/move-cursor.ts'
import { manyRows } from './rows.ts'

const rows = manyRows(30)
const start = { cursorId: undefined, cursor: 0, top: 0 }

describe('the cursor', () => {
  it('stays on its calculation while rows change their order', () => {
    const at = moveCursor(rows, start, 'down', 10)

    expect(cursorAt([...rows].reverse(), at)).toBe(28)
  })

  it('goes to the neighbour when its calculation is filtered away', () => {
    const last = moveCursor(rows, start, 'end', 10)

    expect(settle(rows.slice(0, 5), last, 10)).toEqual({ cursorId: rows[4]?.id, cursor: 4, top: 0 })
    expect(settle([], last, 10)).toEqual({ cursorId: undefined, cursor: 0, top: 0 })
  })

  it('moves by pages that overlap in one row, and stops at both ends', () => {
    const down = moveCursor(rows, start, 'page-down', 10)

    expect(down).toMatchObject({ cursor: 9, top: 0 })
    expect(moveCursor(rows, down, 'page-down', 10)).toMatchObject({ cursor: 18, top: 9 })
    expect(moveCursor(rows, start, 'up', 10)).toMatchObject({ cursor: 0, top: 0 })
    expect(moveCursor(rows, start, 'end', 10)).toMatchObject({ cursor: 29, top: 20 })
  })

  it('is in sight after any keys, on any screen, with no empty lines below the last row', () => {
    const move = fc.constantFrom('up', 'down', 'page-up', 'page-down', 'home', 'end')
    const size = fc.record({ count: fc.integer({ min: 0, max: 30 }), height: fc.integer({ min: 1, max: 40 }) })

    fc.assert(
      fc.property(fc.array(fc.tuple(move, size), { maxLength: 20 }), (steps) => {
        let place: ReturnType<typeof moveCursor> = start
        for (const [name, { count, height }] of steps) {
          place = moveCursor(rows.slice(0, count), place, name as 'up', height)
          expect(place.top).toBeGreaterThanOrEqual(0)
          expect(place.top).toBeLessThanOrEqual(Math.max(0, count - height))
          if (count > 0) expect(place.cursor - place.top).toBeGreaterThanOrEqual(0)
          if (count > 0) expect(place.cursor - place.top).toBeLessThan(height)
          expect(place.cursorId).toBe(rows.slice(0, count)[place.cursor]?.id)
        }
      }),
    )
  })
})
