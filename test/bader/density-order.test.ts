import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ascendingOrder } from '../../src/bader/density-order.ts'

it('orders any numbers like a comparison would, equal ones by their place', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 200 }), (numbers) => {
      const values = Float64Array.from(numbers, (value) => value + 0)
      const expected = [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b)
      expect([...ascendingOrder(values)].map((index) => values[index])).toEqual(
        expected.map((index) => values[index]),
      )
    }),
  )
})

it('keeps the order of places among equal values', () => {
  expect([...ascendingOrder(new Float64Array([2, -1, 2, 0, -1, 2]))]).toEqual([1, 4, 3, 0, 2, 5])
})
