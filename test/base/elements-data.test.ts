import { describe, expect, it } from 'vitest'
import { elementData, elementOfNumber, isElement } from '../../src/base/elements-data.ts'

describe('the table of elements', () => {
  it('knows manganese as number 25 with 54.938 u and the low-spin radius of 1.39 Å', () => {
    expect(elementData['Mn']).toEqual({ atomicNumber: 25, massU: 54.938, covalentRadiusAngstrom: 1.39 })
  })

  it('counts hydrogen to lawrencium without a gap', () => {
    const symbols = Array.from({ length: 103 }, (_, index) => elementOfNumber(index + 1))

    expect(symbols.map((symbol) => elementData[symbol ?? '']?.atomicNumber)).toEqual(symbols.map((_, index) => index + 1))
  })

  it('puts the landmarks of the periodic table where they belong', () => {
    const landmarks = { O: 8, Ar: 18, Kr: 36, Xe: 54, La: 57, Lu: 71, Hf: 72, Rn: 86, U: 92, Lr: 103 }

    for (const [symbol, number] of Object.entries(landmarks)) expect(elementOfNumber(number)).toBe(symbol)
  })

  it('has no element of deuterium, of a wrong case or of an object property', () => {
    expect(['D', 'MN', 'toString', '__proto__', ''].filter(isElement)).toEqual([])
    expect(elementOfNumber(0)).toBeUndefined()
    expect(elementOfNumber(104)).toBeUndefined()
  })
})
