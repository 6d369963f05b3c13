import { describe, expect, it } from 'vitest'
import { compileFormula, FormulaError } from '../../src/analysis/formula.ts'

describe('a user formula', () => {
  it('computes with the columns of a row', async () => {
    const difference = await compileFormula({ text: 'dopantChargeE - mean(1, 3)' })

    expect(difference({ dopantChargeE: { value: 2.5, unit: 'e' } })).toBeCloseTo(0.5, 12)
  })

  it('converts units: 1 eV/Å² is 16.0218 J/m²', async () => {
    const surface = await compileFormula({ text: 'energyEv / area', unit: 'J/m^2' })

    const value = surface({ energyEv: { value: 1, unit: 'eV' }, area: { value: 1, unit: 'Å2' } })

    expect(value).toBeCloseTo(16.021766, 5)
  })

  it('asks for the unit of the column when the result has one', async () => {
    const bare = await compileFormula({ text: 'energyEv * 2' })

    expect(() => bare({ energyEv: { value: 1, unit: 'eV' } })).toThrow(/in eV/)
  })

  it('refuses units that do not fit and names that do not exist', async () => {
    const wrong = await compileFormula({ text: 'a + b', unit: 'eV' })
    const unknown = await compileFormula({ text: 'c * 2' })

    expect(() => wrong({ a: { value: 1, unit: 'eV' }, b: { value: 1, unit: 'Å' } })).toThrow(FormulaError)
    expect(() => unknown({})).toThrow(/Undefined symbol c/)
  })

  it.each([
    'import({a: 1}, {})', 'createUnit("x")', 'evaluate("1")', 'parse("1")', 'simplify("x")', 'derivative("x^2", "x")',
    'a = 3', 'f(x) = x', 'a; b', 'a.constructor', 'cos.constructor("return process")()', '{a: 1}.a', 'a["constructor"]',
  ])('refuses %s', async (text) => {
    const act = async () => (await compileFormula({ text }))({ a: { value: 1 }, b: { value: 2 } })

    await expect(act()).rejects.toThrow(FormulaError)
  }) // prettier-ignore

  it('refuses what is no expression, no number, or endless', async () => {
    await expect(compileFormula({ text: '1 +' })).rejects.toThrow(FormulaError)
    await expect(compileFormula({ text: '1+'.repeat(400) })).rejects.toThrow(/too long/)
    const zero = await compileFormula({ text: '1 / a' })
    expect(() => zero({ a: { value: 0 } })).toThrow(/no finite number/)
  })
})
