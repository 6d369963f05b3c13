import { describe, expect, it } from 'vitest'
import { multiply, type Matrix3 } from '../../../src/base/matrix.ts'
import { assignIons } from '../../../src/rehearsal/model/assign-ions.ts'
import { assignDimers } from '../../../src/rehearsal/model/dimers.ts'
import { energyModel, type EnergyModel } from '../../../src/rehearsal/model/energy-model.ts'
import { flatPositions } from '../../../src/rehearsal/model/image-distance.ts'
import { switchSlope, switchValue } from '../../../src/rehearsal/model/switching.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { haveStructures, rattled, referenceStructure, rockSalt, withElement } from '../fixtures.ts'

describe.skipIf(!haveStructures())('forces of the model on a doped, delithiated slab', () => {
  it('are the slope of the energy within 1e-5 eV/Å, dimers included', () => {
    const slab = strainedSlab()
    const { ions, dimers } = assignDimers(slab, assignIons(slab))
    const model = energyModel(slab.lattice, ions, dimers)
    const x = flatPositions(slab)
    const forces = new Float64Array(x.length)
    model.evaluate(x, forces)

    const errors = Array.from(x, (_, i) => Math.abs(centralDifference(model, x, i) + forces[i]!))

    expect(dimers.length).toBeGreaterThan(0)
    expect(largest(forces)).toBeGreaterThan(1)
    expect(largest(errors)).toBeLessThan(1e-5)
  })

  it('add up to zero', () => {
    const { forces } = evaluated(strainedSlab())

    for (const axis of [0, 1, 2]) expect(Math.abs(sumAlong(forces, axis))).toBeLessThan(1e-10)
  })

  it('do not change when the slab is shifted, wrapped, or turned with its cell', () => {
    const slab = strainedSlab()
    const shifted: Structure = {
      ...slab,
      sites: slab.sites.map((site) => ({
        ...site,
        fractional: [site.fractional[0] + 1.3, site.fractional[1] - 0.6, site.fractional[2] + 0.4],
      })),
    }
    const turned = { ...slab, lattice: multiply(slab.lattice, turn) }
    const before = evaluated(slab)

    expect(evaluated(shifted).energy).toBeCloseTo(before.energy, 9)
    expect(evaluated(turned).energy).toBeCloseTo(before.energy, 9)
    expect(largest(evaluated(shifted).forces)).toBeCloseTo(largest(before.forces), 8)
  })
})

describe('the model energy', () => {
  it('of a supercell is a multiple of that of its cell, also where a cell is smaller than the cut-off', () => {
    const cell = rockSalt()
    const doubled: Structure = {
      ...cell,
      lattice: [[2 * cell.lattice[0][0], 0, 0], cell.lattice[1], cell.lattice[2]],
      sites: cell.sites.flatMap((site) =>
        [0, 1].map((n) => ({
          ...site,
          fractional: [(site.fractional[0] + n) / 2, site.fractional[1], site.fractional[2]] as const,
        })),
      ),
    }

    expect(evaluated(doubled).energy).toBeCloseTo(2 * evaluated(cell).energy, 9)
  })

  it('is the same whether the pair list is fresh or was carried along by small moves', () => {
    const cell = rockSalt()
    const model = energyModel(cell.lattice, assignIons(cell))
    const x = flatPositions(cell)
    const forces = new Float64Array(x.length)
    for (let k = 0; k < 40; k++) {
      x[3]! += 0.02
      model.evaluate(x, forces)
    }

    const fresh = energyModel(cell.lattice, assignIons(cell)).evaluate(x, new Float64Array(x.length))

    expect(model.evaluate(x, forces)).toBeCloseTo(fresh, 10)
  })

  it('has a switch that leaves value and slope without a step', () => {
    expect(switchValue(2.6, 2.6, 3.2)).toBe(1)
    expect(switchValue(3.2, 2.6, 3.2)).toBe(0)
    expect(switchValue(2.9, 2.6, 3.2)).toBeCloseTo(0.5, 12)
    const slope = (switchValue(2.8 + 1e-6, 2.6, 3.2) - switchValue(2.8 - 1e-6, 2.6, 3.2)) / 2e-6
    expect(switchSlope(2.8, 2.6, 3.2)).toBeCloseTo(slope, 6)
  })
})

describe.skipIf(!haveStructures())('speed', () => {
  it('is below 5 ms for a force call with 144 atoms even on a busy machine (0.35 ms on an idle one)', () => {
    const slab = referenceStructure('n3_2x2')
    const model = energyModel(slab.lattice, assignIons(slab))
    const x = flatPositions(slab)
    const forces = new Float64Array(x.length)
    for (let k = 0; k < 100; k++) model.evaluate(x, forces)

    const start = performance.now()
    for (let k = 0; k < 100; k++) model.evaluate(x, forces)

    expect((performance.now() - start) / 100).toBeLessThan(5)
  })
})

const turn: Matrix3 = [
  [0.6, 0.8, 0],
  [-0.8, 0.6, 0],
  [0, 0, 1],
]

/** Phosphorus on a manganese site, four lithium out, everything 0.1 Å off: holes, stiff bonds, short contacts. */
function strainedSlab(): Structure {
  const slab = withElement(referenceStructure('n2_1x1'), 8, 'P')
  const without = { ...slab, sites: slab.sites.filter((_, i) => i >= 4) }
  return rattled(without, 'strained', 0.1)
}

function evaluated(structure: Structure): { energy: number; forces: Float64Array } {
  const forces = new Float64Array(3 * structure.sites.length)
  const energy = energyModel(structure.lattice, assignIons(structure)).evaluate(
    flatPositions(structure),
    forces,
  )
  return { energy, forces }
}

function centralDifference(model: EnergyModel, x: Float64Array, i: number): number {
  const h = 1e-4
  const at = (shift: number) =>
    model.evaluate(
      x.map((value, k) => (k === i ? value + shift : value)),
      new Float64Array(x.length),
    )
  return (at(h) - at(-h)) / (2 * h)
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

function sumAlong(forces: Float64Array, axis: number): number {
  return forces.reduce((sum, value, i) => (i % 3 === axis ? sum + value : sum), 0)
}
