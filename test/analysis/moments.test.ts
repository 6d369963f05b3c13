import { describe, expect, it } from 'vitest'
import { changedMoments, manganeseCensus, manganeseState } from '../../src/analysis/moments.ts'

describe('the oxidation state of Mn from its moment', () => {
  it.each([[3.05, 4], [-3.05, 4], [3.85, 3], [4.6, 2]] as const)('%f μB is Mn%i+', (moment, state) => {
    expect(manganeseState(moment)).toBe(state)
  }) // prettier-ignore

  it.each([0, 1.0, 3.45, 4.2, 5.5])('%f μB is not named', (moment) => {
    expect(manganeseState(moment)).toBeNull()
  })

  it('is counted over the cell, what is unclear apart', () => {
    expect(manganeseCensus([3.0, -3.0, 3.9, 1.0])).toEqual(new Map([[4, 2], [3, 1], [null, 1]])) // prettier-ignore
  })
})

describe('moments that changed between two steps', () => {
  it('are those that differ by more than 0.3 μB', () => {
    expect(changedMoments([3.0, 3.0, 0.1], [3.2, 3.9, 0.1]).map((change) => change.index)).toEqual([1])
  })

  it('include a spin that turned over', () => {
    expect(changedMoments([3, 3, -3, -3], [3, -3, -3, -3]).map((change) => change.index)).toEqual([1])
  })

  it('are none when every spin of the cell turned over', () => {
    expect(changedMoments([3, -3, 0.2], [-3, 3, -0.2])).toEqual([])
  })
})
