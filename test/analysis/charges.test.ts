import { describe, expect, it } from 'vitest'
import { chargeChecks, checksText } from '../../src/analysis/charge-checks.ts'
import {
  AtomCountMismatchError,
  netChargesE,
  ValenceUnknownError,
  type BaderCharges,
} from '../../src/analysis/charges.ts'
import type { Structure } from '../../src/structure/structure.ts'

const lithia: Structure = {
  comment: 'Li2O',
  lattice: [[4.6, 0, 0], [0, 4.6, 0], [0, 0, 4.6]],
  sites: [
    { element: 'Li', fractional: [0.25, 0.25, 0.25] }, { element: 'Li', fractional: [0.75, 0.75, 0.75] }, { element: 'O', fractional: [0, 0, 0] },
  ],
} // prettier-ignore

const sound: BaderCharges = {
  atoms: [
    { electrons: 2.12, minDistanceAngstrom: 0.8, volumeAngstrom3: 3 },
    { electrons: 2.12, minDistanceAngstrom: 0.8, volumeAngstrom3: 3 },
    { electrons: 7.76, minDistanceAngstrom: 1.2, volumeAngstrom3: 20 },
  ],
  vacuumElectrons: 0,
  electronCount: 12,
  method: 'near-grid',
  program: 'dopant',
  hasReference: true,
  valenceElectrons: { Li: 3, O: 6 },
  gridSpacingAngstrom: 0.06,
}

const failed = (bader: BaderCharges, expected = 12) =>
  chargeChecks(bader, expected)
    .filter((check) => !check.isPassed)
    .map((check) => check.name)

describe('net charges', () => {
  it('are valence minus population: positive on lithium, negative on oxygen, zero in sum', () => {
    const charges = netChargesE(lithia, sound)

    expect(charges[0]).toBeCloseTo(0.88, 12)
    expect(charges[2]).toBeCloseTo(-1.76, 12)
    expect(charges.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12)
  })

  it('need the valence of every element from the run itself', () => {
    expect(() => netChargesE(lithia, { ...sound, valenceElectrons: { O: 6 } })).toThrow(ValenceUnknownError)
  })

  it('refuse charges of another list of atoms', () => {
    expect(() => netChargesE(lithia, { ...sound, atoms: sound.atoms.slice(1) })).toThrow(
      AtomCountMismatchError,
    )
  })
})

describe('the checks of a partition', () => {
  it('pass for a sound one', () => {
    expect(failed(sound)).toEqual([])
    expect(checksText(chargeChecks(sound, 12))).toBe('ok')
  })

  it('find electrons that are missing from the sum', () => {
    expect(failed(sound, 12.2)).toEqual(['electron sum'])
  })

  it('find charge in the vacuum, a basin that touches its atom, an atom without a basin, a coarse grid', () => {
    const [first, second, oxygen] = sound.atoms
    expect(failed({ ...sound, vacuumElectrons: 0.5 }, 12.5)).toEqual(['vacuum'])
    expect(failed({ ...sound, atoms: [{ ...first!, minDistanceAngstrom: 0.1 }, second!, oxygen!] })).toEqual([
      'minimum distance',
    ])
    expect(failed({ ...sound, atoms: [{ ...first!, volumeAngstrom3: 0 }, second!, oxygen!] })).toEqual([
      'volume',
    ])
    expect(failed({ ...sound, gridSpacingAngstrom: 0.15 })).toEqual(['grid spacing'])
  })

  it('name a missing reference density', () => {
    expect(failed({ ...sound, hasReference: false })).toEqual(['reference'])
  })

  it('name the weight method of bader 1.05, and no other', () => {
    expect(failed({ ...sound, program: 'bader 1.05', method: 'weight' })).toEqual(['program'])
    expect(failed({ ...sound, program: 'bader 1.05' })).toEqual([])
    expect(failed({ ...sound, method: 'weight' })).toEqual([])
  })
})
