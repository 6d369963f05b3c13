import { describe, expect, it } from 'vitest'
import { latticeFromParameters } from '../../../src/structure/lattice.ts'
import {
  explicitMesh,
  KMeshError,
  meshFromSpacing,
  type KSpacingSettings,
} from '../../../src/vasp/input/k-mesh.ts'
import { readKpoints, writeKpoints } from '../../../src/vasp/input/kpoints.ts'

const bulk = latticeFromParameters({
  aAngstrom: 4.937,
  bAngstrom: 8.532,
  cAngstrom: 5.03,
  alphaDegrees: 90,
  betaDegrees: 109.46,
  gammaDegrees: 90,
})
const a = bulk[0]
const b = bulk[1]
const primitive = [
  [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0],
  [(a[0] - b[0]) / 2, (a[1] - b[1]) / 2, 0],
  bulk[2],
] as const

/** In-plane repeats of a and c of the bulk cell; the height along c is that of n trilayers with 15 Å of vacuum. */
function slab(alongA: number, alongC: number, heightAngstrom = 26.58) {
  return latticeFromParameters({
    aAngstrom: 4.937 * alongA,
    bAngstrom: 5.03 * alongC,
    cAngstrom: heightAngstrom,
    alphaDegrees: 90,
    betaDegrees: 90,
    gammaDegrees: 109.46,
  })
}

const paper = { spacing: 0.04, unit: '2pi/A', rounding: 'ceil' } as const satisfies KSpacingSettings
const kspacing = { ...paper, unit: '1/A' } as const

describe('meshFromSpacing with 0.04, the density of the paper', () => {
  it.each([
    ['the conventional bulk cell', bulk, [6, 3, 6], [5, 3, 5], [34, 19, 34]],
    ['the primitive bulk cell', primitive, [7, 7, 6], [6, 6, 5], [39, 39, 34]],
    ['the 1×1 slab', slab(1, 1), [6, 6, 1], [5, 5, 1], [34, 34, 6]],
    ['the 2×1 slab', slab(2, 1), [3, 6, 1], [3, 5, 1], [17, 34, 6]],
    ['the 2×2 slab', slab(2, 2), [3, 3, 1], [3, 3, 1], [17, 17, 6]],
    ['the 3×2 slab', slab(3, 2), [2, 3, 1], [2, 3, 1], [12, 17, 6]],
    ['the 3×3 slab', slab(3, 3), [2, 2, 1], [2, 2, 1], [12, 12, 6]],
  ])('gives %s the meshes of both readings', (_, lattice, ceil, round, plain) => {
    expect(meshFromSpacing({ lattice, ...paper }).mesh).toEqual(ceil)
    expect(meshFromSpacing({ lattice, ...paper, rounding: 'round' }).mesh).toEqual(round)
    expect(meshFromSpacing({ lattice, ...kspacing }).mesh).toEqual(plain)
  })

  it('needs the vacuum axis to keep one point across a slab of two trilayers', () => {
    const lattice = slab(2, 2, 22.32)

    expect(meshFromSpacing({ lattice, ...paper }).mesh).toEqual([3, 3, 2])
    expect(meshFromSpacing({ lattice, ...paper, vacuumAxis: 'c' }).mesh).toEqual([3, 3, 1])
  })

  it('states the KSPACING that means the same, and the spacing that the mesh really has', () => {
    const { equivalentKspacing, realSpacingInverseAngstrom } = meshFromSpacing({ lattice: bulk, ...paper })

    expect(equivalentKspacing).toBeCloseTo(0.2513, 4)
    // 1.350/6, 0.736/3 and 1.325/6 Å⁻¹
    expect(realSpacingInverseAngstrom.map((value) => value.toFixed(3))).toEqual(['0.225', '0.245', '0.221'])
  })

  it('warns about 1734 points on a slab, and not about the mesh of the paper', () => {
    expect(meshFromSpacing({ lattice: slab(2, 2), ...kspacing }).warnings.join()).toContain('1734 k-points')
    expect(meshFromSpacing({ lattice: slab(2, 2), ...paper, vacuumAxis: 'c' }).warnings).toEqual([])
    expect(meshFromSpacing({ lattice: bulk, ...paper, spacing: 0.2 }).warnings).not.toEqual([])
  })

  it('does not gain a point when the ratio is whole', () => {
    const cube = latticeFromParameters({
      aAngstrom: 1 / 0.12,
      bAngstrom: 1 / 0.12,
      cAngstrom: 1 / 0.12,
      alphaDegrees: 90,
      betaDegrees: 90,
      gammaDegrees: 90,
    })

    expect(meshFromSpacing({ lattice: cube, ...paper }).mesh).toEqual([3, 3, 3])
  })

  it('refuses a mesh of zero and a spacing that is not positive', () => {
    expect(() => meshFromSpacing({ lattice: bulk, ...paper, spacing: 0 })).toThrow(KMeshError)
    expect(() => meshFromSpacing({ lattice: bulk, ...paper, spacing: Number.NaN })).toThrow(KMeshError)
    expect(() => explicitMesh([3, 3, 0], bulk)).toThrow(KMeshError)
    expect(() => writeKpoints([3, 0, 1])).toThrow(KMeshError)
    expect(() => readKpoints('x\n0\nGamma\n3 3 0\n')).toThrow(KMeshError)
  })
})
