import { describe, expect, it } from 'vitest'
import {
  bondLengthCutoffAngstrom,
  bondValence,
  BondValenceUnknownError,
  bondValenceParameters,
  fittedStates,
} from '../../src/structure/bond-valence.ts'

describe('bond valence', () => {
  it('gives the six Mn–O bonds of Li2MnO3 a sum near four', () => {
    // 1.904, 1.912 and 1.919 Å twice each: Strobel and Lambert-Andron (1988)
    const lengths = [1.904, 1.904, 1.912, 1.912, 1.919, 1.919]

    const sum = lengths
      .map((distanceAngstrom) => bondValence({ cation: 'Mn', oxidationState: 4, anion: 'O', distanceAngstrom }))
      .reduce((a, b) => a + b)

    expect(sum).toBeGreaterThan(3.85)
    expect(sum).toBeLessThan(4.0)
  })

  it('is 1 at R0 and falls by e over b = 0.37 Å', () => {
    const at = (distanceAngstrom: number) => bondValence({ cation: 'P', oxidationState: 5, anion: 'O', distanceAngstrom })

    expect(at(1.617)).toBeCloseTo(1, 12)
    expect(at(1.617 + 0.37)).toBeCloseTo(Math.exp(-1), 12)
  })

  it.each([
    ['Li', 1, 2.657], // 1.466 − 0.37 ln 0.04
    ['Mn', 4, 2.431], // 1.753 − 0.37 ln 0.16
    ['B', 3, 2.155],
    ['S', 6, 2.152],
  ] as const)('counts %s–O as bonded up to s = 0.04 z', (cation, z, limit) => {
    const cutoff = bondLengthCutoffAngstrom(cation, z, 'O')

    expect(cutoff).toBeCloseTo(limit, 2)
    expect(bondValence({ cation, oxidationState: z, anion: 'O', distanceAngstrom: cutoff })).toBeCloseTo(0.04 * z, 12)
  })

  it('keeps the published values with their source', () => {
    expect(bondValenceParameters({ cation: 'Mn', oxidationState: 3, anion: 'O' })).toEqual({
      r0Angstrom: 1.76,
      bAngstrom: 0.37,
      fittedState: 3,
      source: 'Brown and Altermatt, Acta Cryst. B41, 244 (1985)',
    })
    expect(bondValenceParameters({ cation: 'Al', oxidationState: 3, anion: 'O' })?.r0Angstrom).toBe(1.62)
  })

  it('uses the nearest fitted state and says so', () => {
    expect(bondValenceParameters({ cation: 'Mn', oxidationState: 3.4, anion: 'O' })?.fittedState).toBe(3)
    expect(bondValenceParameters({ cation: 'W', oxidationState: 4, anion: 'S' })?.fittedState).toBe(0)
    expect(fittedStates('Mn', 'O')).toEqual([2, 3, 4, 6, 7])
  })

  it('refuses a pair that nobody measured', () => {
    expect(() => bondLengthCutoffAngstrom('Li', 1, 'Br')).toThrow(BondValenceUnknownError)
  })
})
