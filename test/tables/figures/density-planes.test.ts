import { describe, expect, it } from 'vitest'
import { contourRings, type Ring } from '../../../src/tables/figures/contour-rings.ts'
import { densityPlanesFigure, type DensityMap } from '../../../src/tables/figures/density-planes.ts'

function square(points: number, value: (x: number, y: number) => number) {
  const values = Array.from({ length: points * points }, (_, n) => value(n % points, Math.floor(n / points)))
  return { points, values }
}

/** Positive when the inside is on the left. */
function area(ring: Ring): number {
  return ring.reduce((sum, [x, y], n) => {
    const [u, v] = ring[(n + 1) % ring.length]!
    return sum + (x * v - u * y) / 2
  }, 0)
}

describe('contours', () => {
  it('of a cone are circles of the right area', () => {
    const cone = square(81, (x, y) => 30 - Math.hypot(x - 40, y - 40))
    const rings = contourRings(cone, 10)

    expect(rings).toHaveLength(1)
    expect(area(rings[0]!) / (Math.PI * 20 ** 2)).toBeCloseTo(1, 2)
  })

  it('run around holes the other way, so that what is filled is what is above', () => {
    const ridge = square(81, (x, y) => -Math.abs(Math.hypot(x - 40, y - 40) - 20))
    const total = contourRings(ridge, -5).reduce((sum, ring) => sum + area(ring), 0)

    expect(total / (Math.PI * (25 ** 2 - 15 ** 2))).toBeCloseTo(1, 2)
  })

  it('close along the edge where a region reaches it', () => {
    const slope = square(11, (x) => x)
    const [ring, ...more] = contourRings(slope, 4)

    expect(more).toEqual([])
    expect(area(ring!)).toBeCloseTo(6 * 10, 6)
  })

  it('are none above everything, and the whole square below everything', () => {
    const flat = square(5, () => 1)

    expect(contourRings(flat, 2)).toEqual([])
    expect(contourRings(flat, 0).reduce((sum, ring) => sum + area(ring), 0)).toBeCloseTo(16, 6)
  })

  it('of any values enclose less the higher the level', () => {
    const bumps = square(40, (x, y) => Math.sin(x / 3) * Math.cos(y / 4) + Math.sin((x * y) / 50))
    const areas = [-1, -0.5, 0, 0.5, 1].map((level) => contourRings(bumps, level).reduce((sum, ring) => sum + area(ring), 0))

    areas.slice(1).forEach((value, n) => expect(value).toBeLessThan(areas[n]!))
  })
})

describe('a figure of densities', () => {
  const map = (words: string, sign = 1): DensityMap => ({
    ...square(21, (x, y) => sign * Math.exp(-Math.hypot(x - 10, y - 10) / 3)),
    words,
    atoms: [{ element: 'B', place: [0, 0] }],
  })
  const data = { name: 'density', title: 'T', caption: 'C', widthAngstrom: 6, densities: [map('undoped'), map('doped')], difference: map('difference', -1) }

  it('has as many maps as densities and a difference, and one colour scale for both densities', () => {
    const svg = densityPlanesFigure({ ...data, isRehearsal: false }).svg('light')

    expect(svg.match(/<clipPath/g)).toHaveLength(3)
    expect(svg.match(/>density \(e/g)).toHaveLength(1)
    expect(svg.match(/>difference \(e/g)).toHaveLength(1)
    expect(svg).not.toMatch(/NaN|Infinity/)
  })

  it('uses other names for its clips in the other theme, because a page holds both', () => {
    const names = (theme: 'light' | 'dark') => [...densityPlanesFigure({ ...data, isRehearsal: false }).svg(theme).matchAll(/<clipPath id="([^"]*)"/g)].map((match) => match[1])

    expect(names('light').filter((name) => names('dark').includes(name))).toEqual([])
  })

  it('says in the heading of each map that it is a rehearsal, because the map covers the watermark', () => {
    expect(densityPlanesFigure({ ...data, isRehearsal: true }).svg('dark').match(/\(rehearsal\)/g)).toHaveLength(3)
  })
})
