import { describe, expect, it } from 'vitest'
import { assignDimers } from '../../../src/rehearsal/model/dimers.ts'
import { assignIons } from '../../../src/rehearsal/model/assign-ions.ts'
import { NoModelParametersError, NotAnOxideError } from '../../../src/rehearsal/model/errors.ts'
import { chargeExcess, coulombCharges, ionName, type Ion } from '../../../src/rehearsal/model/ions.ts'
import { haveStructures, referenceStructure, rockSalt, withElement } from '../fixtures.ts'

describe.skipIf(!haveStructures())('formal charges in Li2MnO3', () => {
  it('are Li+, Mn4+ and O2- and balance', () => {
    const ions = assignIons(referenceStructure('n2_1x1'))

    expect(counts(ions)).toEqual({ 'Li+': 8, 'Mn4+': 4, 'O2-': 12 })
    expect(chargeExcess(ions)).toBe(0)
  })

  it('turn two Mn4+ into Mn3+ for sulfur on a manganese site', () => {
    const ions = assignIons(withElement(referenceStructure('n2_2x2'), 40, 'S'))

    expect(counts(ions)).toMatchObject({ 'S6+': 1, 'Mn3+': 2, 'Mn4+': 13 })
    expect(chargeExcess(ions)).toBe(0)
  })

  it('spread the hole of boron on a manganese site over its six nearest oxygens', () => {
    const ions = assignIons(withElement(referenceStructure('n2_2x2'), 40, 'B'))

    expect(ions.filter(({ holes }) => holes > 0).map(({ holes }) => holes)).toEqual(
      Array.from({ length: 6 }, () => 1 / 6),
    )
    expect(chargeExcess(ions)).toBeCloseTo(0, 12)
  })

  it('put the holes of missing lithium on the oxygens that lack valence most, never more than one on each', () => {
    const slab = referenceStructure('n3_2x2')
    const ions = assignIons({ ...slab, sites: slab.sites.filter((_, i) => i >= 16) })

    expect(ions.reduce((sum, { holes }) => sum + holes, 0)).toBeCloseTo(16, 9)
    expect(Math.max(...ions.map(({ holes }) => holes))).toBeLessThanOrEqual(1)
  })

  it('give charges to the Coulomb term that cancel in every case', () => {
    for (const element of ['B', 'S', 'Mn']) {
      const charges = coulombCharges(assignIons(withElement(referenceStructure('n2_1x1'), 9, element)))
      expect(charges.reduce((sum, q) => sum + q, 0)).toBeCloseTo(0, 12)
    }
  })

  it('are moved onto pairs of oxygens only when dimers are asked for: two holes a pair, each oxygen in one', () => {
    const slab = referenceStructure('n3_2x2')
    const delithiated = { ...slab, sites: slab.sites.filter((_, i) => i >= 8) }

    const { ions, dimers } = assignDimers(delithiated, assignIons(delithiated))

    expect(dimers).toHaveLength(4)
    expect(new Set(dimers.flat()).size).toBe(8)
    expect(chargeExcess(ions)).toBeCloseTo(0, 9)
  })
})

describe('other cells', () => {
  it('reduce MnO to Mn2+ in two rounds', () => {
    const oxide = rockSalt()
    const ions = assignIons({
      ...oxide,
      sites: oxide.sites.map((s) => (s.element === 'Mg' ? { ...s, element: 'Mn' } : s)),
    })

    expect(counts(ions)).toEqual({ 'Mn2+': 4, 'O2-': 4 })
  })

  it('are refused with the element named when the model has no parameters for it', () => {
    expect(() => assignIons(withElement(rockSalt(), 0, 'Xe'))).toThrow(NoModelParametersError)
    expect(() => assignIons(withElement(rockSalt(), 0, 'Xe'))).toThrow(/Xe/)
  })

  it('are refused when there is no oxygen', () => {
    const salt = rockSalt()

    expect(() => assignIons({ ...salt, sites: salt.sites.filter((site) => site.element === 'Mg') })).toThrow(
      NotAnOxideError,
    )
  })
})

function counts(ions: readonly Ion[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const ion of ions) found[ionName(ion)] = (found[ionName(ion)] ?? 0) + 1
  return found
}
