import { describe, expect, it } from 'vitest'
import { bandEdges } from '../../src/analysis/band-edges.ts'
import { bandCentreEv, dosCurves } from '../../src/analysis/densities-of-states.ts'
import { slabPotential, workFunctionEv } from '../../src/analysis/planar-potential.ts'
import type { Structure } from '../../src/structure/structure.ts'

/** [spin][k-point][band] with everything below zero filled. */
const levels = (energies: readonly (readonly (readonly number[])[])[]) => {
  const flat = Float64Array.from(energies.flat(2))
  return { spinCount: energies.length, kpointCount: energies[0]!.length, bandCount: energies[0]![0]!.length, energiesEv: flat, occupations: flat.map((e) => (e < 0 ? 1 : 0)) }
}

describe('band edges', () => {
  it('of silicon-like bands lie at different k-points: an indirect gap', () => {
    expect(bandEdges(levels([[[-12, -0.1, 2.5], [-11, -1.2, 0.5]]]))).toMatchObject({ valenceMaximumEv: -0.1, conductionMinimumEv: 0.5, gapEv: 0.6, isDirect: false })
  })

  it('take both spins together: half-metals have a gap in one spin only', () => {
    const edges = bandEdges(levels([[[-2, -0.2], [-2, 0.1]], [[-3, 1], [-3, 2]]]))!

    expect(edges.gapEv).toBe(0)
    expect(edges.gapBySpinEv[0]).toBe(0)
    expect(edges.gapBySpinEv[1]).toBeCloseTo(4, 12)
  })

  it('of a metal are no gap, although the levels of a coarse mesh are apart', () => {
    // One level crosses: two are filled at the first k-point, one at the second.
    expect(bandEdges(levels([[[-5, -0.3, 4], [-4, 0.3, 5]]]))?.gapEv).toBe(0)
  })

  it('do not exist where every level is filled', () => {
    expect(bandEdges(levels([[[-5, -1]]]))).toBeUndefined()
  })
})

describe('densities of states', () => {
  const energies = Array.from({ length: 401 }, (_, n) => -20 + n * 0.1)
  const gaussian = (centre: number, states: number, width = 0.7) => energies.map((e) => (states * Math.exp(-(((e - centre) / width) ** 2))) / (width * Math.sqrt(Math.PI)))

  it('keep their states and move the Fermi level to zero', () => {
    const { curves, firstEv, stepEv } = dosCurves(energies, 3, [{ name: 'O p', spins: [gaussian(0.5, 3), gaussian(0.5, 3)] }])
    const sum = curves[0]!.spins.flat().reduce((total, value) => total + value, 0) * stepEv

    expect(firstEv).toBe(-10)
    expect(sum).toBeCloseTo(6, 2)
  })

  it('have the centre of a band where it is: 2.5 eV below the Fermi level', () => {
    const dos = dosCurves(energies, 3, [{ name: 'O p', spins: [gaussian(0.5, 3)] }])

    expect(bandCentreEv(dos, 'O p', 'all')).toBeCloseTo(-2.5, 3)
    expect(bandCentreEv(dos, 'Mn d', 'all')).toBeNull()
  })

  it('count empty states in the centre of a band only when asked to', () => {
    const both = gaussian(0.5, 3).map((value, n) => value + gaussian(5, 1)[n]!)
    const dos = dosCurves(energies, 3, [{ name: 'O p', spins: [both] }])

    // (3 × −2.5 + 1 × 2) / 4.
    expect(bandCentreEv(dos, 'O p', 'all')).toBeCloseTo(-1.375, 2)
    expect(bandCentreEv(dos, 'O p', 'occupied')).toBeCloseTo(-2.5, 2)
  })

  it('are empty outside the printed energies instead of being continued', () => {
    const dos = dosCurves([-1, 0, 1], 0, [{ name: 'total', spins: [[1, 1, 1]] }])

    expect(dos.curves[0]!.spins[0]!.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)).toBe(41)
  })
})

describe('the potential across a slab', () => {
  const slab = (low: number, high: number, c = 30): Structure => ({
    comment: 'slab', lattice: [[5, 0, 0], [0, 5, 0], [0, 0, c]],
    sites: [low, high].map((z) => ({ element: 'Mn', fractional: [0, 0, z / c] })),
  }) // prettier-ignore
  const potential = (inside: number, above: number, below: number, c = 30) => ({
    valuesEv: Array.from({ length: 300 }, (_, n) => {
      const z = (n / 300) * c
      return z > 8.5 && z < 21.5 ? inside : z >= 21.5 && z < 30 ? above : below
    }),
  })

  it('is 4.5 eV above the Fermi level of gold-like numbers, and flat', () => {
    const found = slabPotential(potential(-10, 5.2, 5.2), slab(10, 20))!

    expect(found.vacuumAngstrom).toBeCloseTo(20, 10)
    expect(workFunctionEv(found.above, 0.7)).toBeCloseTo(4.5, 12)
    expect(found.above.rippleEv).toBe(0)
  })

  it('tells the two faces apart where a dipole correction puts a step between them', () => {
    const found = slabPotential(potential(-10, 5.2, 3.9), slab(10, 20))!

    expect(found.above.potentialEv).toBeCloseTo(5.2, 10)
    expect(found.below.potentialEv).toBeCloseTo(3.9, 10)
  })

  it('finds the vacuum also where the slab lies across the boundary of the cell', () => {
    const { valuesEv } = potential(-10, 5.2, 5.2)
    const turned = { valuesEv: [...valuesEv.slice(150), ...valuesEv.slice(0, 150)] }

    expect(slabPotential(turned, slab(5, 25))?.above.potentialEv).toBeCloseTo(5.2, 12)
  })

  it('is not taken from too little vacuum', () => {
    expect(slabPotential({ valuesEv: [1, 2, 3, 4] }, slab(0, 2, 8))).toBeUndefined()
  })
})
