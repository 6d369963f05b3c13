import { describe, expect, it } from 'vitest'
import { linearScale, logScale } from '../../../src/tables/figures/scale.ts'
import { text } from '../../../src/tables/figures/text.ts'

describe('a linear axis', () => {
  it('has ticks at 1, 2 or 5 times a power of ten, and holds all values', () => {
    const scale = linearScale([1.28, 1.93], [100, 0])

    expect(scale.ticks).toEqual([1.2, 1.4, 1.6, 1.8, 2])
    expect(scale.at(1.2)).toBeCloseTo(100)
    expect(scale.at(2)).toBeCloseTo(0)
    expect(scale.ticks.map(scale.label)).toEqual(['1.2', '1.4', '1.6', '1.8', '2.0'])
  })

  it('writes negative numbers with a minus sign', () => {
    expect(linearScale([-1.2, -0.9], [0, 1]).label(-1)).toBe('−1.0')
  })

  it('has room around a single value', () => {
    const { domain } = linearScale([1.37], [0, 1])

    expect(domain[0]).toBeLessThan(1.37)
    expect(domain[1]).toBeGreaterThan(1.37)
  })
})

describe('a logarithmic axis', () => {
  it('holds whole decades and puts zero on its floor', () => {
    const scale = logScale([0.003, 25, 0], [0, 100], 1e-4)

    expect(scale.domain).toEqual([1e-4, 100])
    expect(scale.at(0)).toBeCloseTo(0)
    expect(scale.at(1e-4 * 1000)).toBeCloseTo(50)
    expect(scale.label(1e-4)).toBe('10^{−4}')
  })
})

describe('text', () => {
  it('sets indices lower and comes back to the line, without losing a letter', () => {
    const markup = text(0, 0, 'Li_xMnO_{3}')

    expect(markup.replaceAll(/<[^>]*>/g, '')).toBe('LixMnO3')
    expect([...markup.matchAll(/dy="(-?[\d.]+)em"/g)].map((match) => Math.sign(Number(match[1])))).toEqual([1, -1, 1])
  })
})
