import { describe, expect, it } from 'vitest'
import { flatPositions } from '../../src/rehearsal/model/image-distance.ts'
import { neighboursOf, shortestDistanceAngstrom } from '../../src/structure/neighbours.ts'
import type { Structure } from '../../src/structure/structure.ts'
import {
  haveStructures,
  largestShift,
  rattled,
  referenceStructure,
  relaxed,
  rockSalt,
  withElement,
  withShift,
} from './fixtures.ts'

// Expected figures: the tests of the same functional form on the same cells with other programs (three optimisers).
describe.skipIf(!haveStructures())('Li2MnO3 in the rehearsal', () => {
  it('stays within 0.02 Å of the measured bulk, from a 0.05 Å rattle as well', () => {
    const bulk = referenceStructure('bulk')
    const fromRattle = relaxed(rattled(bulk, 'bulk', 0.05))

    expect(relaxed(bulk).largestShiftAngstrom).toBeLessThan(0.02)
    expect(fromRattle.last.reachedAccuracy).toBe(true)
    expect(largestShift(flatPositions(bulk), fromRattle.last.positions)).toBeLessThan(0.03)
  })

  it('relaxes the (010) slab of 24 atoms to forces below 0.01 eV/Å with shifts of about 0.28 Å', () => {
    const slab = referenceStructure('n2_1x1')
    const { last, steps } = relaxed(rattled(slab, 'slab', 0.03))

    expect(last.reachedAccuracy).toBe(true)
    expect(steps.length).toBeLessThan(100)
    expect(last.energyEv).toBeCloseTo(-83.992, 2)
    const shift = largestShift(flatPositions(slab), last.positions)
    expect(shift).toBeGreaterThan(0.25)
    expect(shift).toBeLessThan(0.33)
  })

  it('stops at the symmetric saddle point, 0.15 eV above, when nothing breaks the symmetry', () => {
    expect(relaxed(referenceStructure('n2_1x1')).last.energyEv).toBeCloseTo(-83.838, 2)
  })

  it('bonds boron on a surface manganese site to three oxygens at 1.37 to 1.42 Å from a start 0.4 Å towards a face', () => {
    const { structure, index } = boronAtFace()
    const { last, structure: final } = relaxed(structure)

    const lengths = boronBonds(final, index)

    expect(last.reachedAccuracy).toBe(true)
    expect(lengths).toHaveLength(3)
    const mean = lengths.reduce((sum, d) => sum + d, 0) / lengths.length
    expect(mean).toBeGreaterThan(1.37)
    expect(mean).toBeLessThan(1.42)
  })
})

describe.skipIf(!haveStructures())('a delithiated slab in the rehearsal', () => {
  it('keeps its oxygens apart by itself, and nothing detaches', () => {
    const { last, structure, largestShiftAngstrom } = relaxed(delithiated())

    expect(last.reachedAccuracy).toBe(true)
    expect(shortestOxygenPair(structure)).toBeGreaterThan(2.3)
    expect(largestShiftAngstrom).toBeLessThan(1.5)
  })

  it('has dimers of about 1.5 Å only where they were asked for', () => {
    const { last, structure } = relaxed(delithiated(), { dimers: true })

    expect(last.reachedAccuracy).toBe(true)
    expect(shortestOxygenPair(structure)).toBeGreaterThan(1.4)
    expect(shortestOxygenPair(structure)).toBeLessThan(1.6)
  })
})

describe('the walk', () => {
  it('begins with the given geometry itself and lowers the energy at every step', () => {
    const start = rattled(rockSalt(), 'walk', 0.1)
    const { steps } = relaxed(start)

    expect([...steps[0]!.positions]).toEqual([...flatPositions(start)])
    for (let k = 1; k < steps.length; k++) expect(steps[k]!.energyEv).toBeLessThan(steps[k - 1]!.energyEv)
  })

  it('is one step without a verdict when NSW is 0', () => {
    const { steps } = relaxed(rattled(rockSalt(), 'static', 0.1), { NSW: 0 })

    expect(steps).toHaveLength(1)
    expect(steps[0]!.reachedAccuracy).toBe(false)
  })

  it('ends after NSW steps, not converged', () => {
    const { steps, last } = relaxed(rattled(rockSalt(), 'short', 0.2), { NSW: 3 })

    expect(steps).toHaveLength(3)
    expect(last.reachedAccuracy).toBe(false)
  })

  it('takes a positive EDIFFG as a change of energy', () => {
    const { last } = relaxed(rattled(rockSalt(), 'energy', 0.1), { EDIFFG: 1e-3 })

    expect(last.reachedAccuracy).toBe(true)
    expect(Math.abs(last.changeEv)).toBeLessThan(1e-3)
  })

  it('leaves frozen coordinates where they are and judges convergence without them', () => {
    const start = rattled(rockSalt(), 'frozen', 0.1)
    const frozen: Structure = {
      ...start,
      sites: start.sites.map((site, i) =>
        i === 0
          ? { ...site, mobile: [false, false, false] }
          : i === 1
            ? { ...site, mobile: [true, false, true] }
            : site,
      ),
    }
    const before = flatPositions(frozen)
    const { last } = relaxed(frozen)

    expect([...last.positions.subarray(0, 3)]).toEqual([...before.subarray(0, 3)])
    expect(last.positions[4]).toBe(before[4])
    expect(last.positions[3]).not.toBe(before[3])
    expect(last.reachedAccuracy).toBe(true)
    expect(Math.hypot(...last.forces.subarray(0, 3))).toBeGreaterThan(0.01)
  })
})

/** Boron on the highest manganese of the built slab, 0.4 Å towards three of its oxygens, all atoms rattled. */
function boronAtFace(): { structure: Structure; index: number } {
  const slab = referenceStructure('n2_2x2')
  const height = (i: number) => slab.sites[i]!.fractional[2]
  const index = slab.sites
    .map((_, i) => i)
    .filter((i) => slab.sites[i]!.element === 'Mn')
    .sort((a, b) => height(b) - height(a))[0]!
  const oxygens = neighboursOf(slab, index, 2.5).filter((n) => slab.sites[n.index]!.element === 'O')
  const face = [0, 2, 3].map((k) => oxygens[k]!.vectorAngstrom)
  const centre = [0, 1, 2].map((axis) => face.reduce((sum, v) => sum + v[axis]!, 0) / 3)
  const length = Math.hypot(...centre)
  const shift = centre.map((x) => (0.4 * x) / length) as [number, number, number]
  return { structure: withShift(rattled(withElement(slab, index, 'B'), 'boron', 0.03), index, shift), index }
}

// Bonded: bond valence at least 0.04 of the formal charge, R0 1.371 Å.
function boronBonds(structure: Structure, index: number): number[] {
  return neighboursOf(structure, index, 3.2)
    .filter((n) => structure.sites[n.index]!.element === 'O')
    .map((n) => n.distanceAngstrom)
    .filter((d) => Math.exp((1.371 - d) / 0.37) >= 0.12)
}

/** The slab of 144 atoms without the four outermost lithium of each face. */
function delithiated(): Structure {
  const slab = rattled(referenceStructure('n3_2x2'), 'delithiated', 0.03)
  const lithium = slab.sites
    .filter((site) => site.element === 'Li')
    .sort((a, b) => a.fractional[2] - b.fractional[2])
  const removed = new Set([...lithium.slice(0, 4), ...lithium.slice(-4)])
  return { ...slab, sites: slab.sites.filter((site) => !removed.has(site)) }
}

function shortestOxygenPair(structure: Structure): number {
  const oxygens = { ...structure, sites: structure.sites.filter((site) => site.element === 'O') }
  return shortestDistanceAngstrom(oxygens)
}
