import { describe, expect, it } from 'vitest'
import { atomsInPlane, densityFromPoints, densityOnPlane, GridsDifferError, planeDifference, planeThrough, PlaneUndefinedError, pointsOfPlane } from '../../src/analysis/planes.ts'
import { dot } from '../../src/base/vector.ts'
import { volumeAngstrom3 } from '../../src/structure/lattice.ts'
import type { DensityGrid } from '../../src/structure/density-grid.ts'
import type { Structure } from '../../src/structure/structure.ts'

/** A skewed cell with B and its oxygens on two sides of a cell wall. */
const structure: Structure = {
  comment: 'BO2',
  lattice: [[6, 0, 0], [1, 7, 0], [0.5, 0.5, 8]],
  sites: [
    { element: 'B', fractional: [0.02, 0.5, 0.5] },
    { element: 'O', fractional: [0.23, 0.52, 0.5] },
    { element: 'O', fractional: [0.9, 0.66, 0.53] },
    { element: 'Li', fractional: [0.02, 0.5, 0.9] },
  ],
} // prettier-ignore

/** ρ V of a density that is 1 + cos(2π x) cos(2π y) e/Å³ in fractional coordinates. */
function cosineGrid(n: number): DensityGrid {
  const values = new Float64Array(n ** 3)
  const volume = volumeAngstrom3(structure.lattice)
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) values[i + n * (j + n * k)] = volume * density([i / n, j / n])
  return { structure, shape: [n, n, n], values }
}

function density([x, y]: readonly [number, number]): number {
  return 1 + Math.cos(2 * Math.PI * x) * Math.cos(2 * Math.PI * y)
}

describe('a plane through three atoms', () => {
  const frame = planeThrough(structure, [0, 1, 2], 5)

  it('holds all three, in the images that are next to each other', () => {
    const atoms = atomsInPlane(structure, frame, 1e-9)

    expect(atoms.map(({ element }) => element).toSorted()).toEqual(['B', 'O', 'O'])
    expect(atoms.find(({ index }) => index === 0)!.place).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)])
    expect(atoms.find(({ index }) => index === 1)!.place[1]).toBeCloseTo(0, 9)
    expect(Math.hypot(...atoms.find(({ index }) => index === 2)!.place)).toBeLessThan(1.5)
  })

  it('has two unit vectors at right angles', () => {
    expect(dot(frame.u, frame.v)).toBeCloseTo(0, 12)
    expect(dot(frame.u, frame.u)).toBeCloseTo(1, 12)
    expect(dot(frame.v, frame.v)).toBeCloseTo(1, 12)
  })

  it('is refused for atoms on a line', () => {
    const sites = [0.1, 0.2, 0.3].map((x) => ({ element: 'O', fractional: [x, x, x] as const }))

    expect(() => planeThrough({ ...structure, sites }, [0, 1, 2], 5)).toThrow(PlaneUndefinedError)
  })
})

describe('the density on a plane', () => {
  it('is in e/Å³ and follows an analytic density through the walls of a skewed cell', () => {
    const frame = { centre: [0, 0, 0], u: [1, 0, 0], v: [0, 1, 0], widthAngstrom: 14 } as const
    const { values, points } = densityOnPlane(cosineGrid(48), frame, 29)

    for (let row = 0; row < points; row++)
      for (let column = 0; column < points; column++) {
        const [x, y] = [(column * 14) / 28 - 7, (row * 14) / 28 - 7]
        // cartesian = fractional · lattice, with z = 0.
        const second = y / 7
        expect(Math.abs(values[row * points + column]! - density([(x - second) / 6, second]))).toBeLessThan(0.01)
      }
  })

  it('is the same from the few points of the grid that it looks at', () => {
    const grid = cosineGrid(48)
    const frame = planeThrough(structure, [0, 1, 2], 5)
    const indices = pointsOfPlane(grid, frame, 61)
    const values = Float64Array.from(indices, (index) => grid.values[index]!)

    expect(indices.length).toBeLessThan(grid.values.length / 5)
    expect(indices).toEqual(indices.toSorted())
    expect(densityFromPoints(grid, indices, values, frame, 61)).toEqual(densityOnPlane(grid, frame, 61))
  })

  const frame = planeThrough(structure, [0, 1, 2], 5)
  const plane = (grid: DensityGrid) => ({ ...densityOnPlane(grid, frame, 11), structure: grid.structure, shape: grid.shape })

  it('is nowhere different from itself, and differs from its double by itself', () => {
    const grid = cosineGrid(8)
    const double = { ...grid, values: grid.values.map((value) => 2 * value) }

    expect(Math.max(...planeDifference(plane(grid), plane(grid)).values)).toBe(0)
    planeDifference(plane(double), plane(grid)).values.forEach((value, n) => expect(value).toBeCloseTo(plane(grid).values[n]!, 12))
  })

  it('is not subtracted between different grids or cells', () => {
    const other = { ...cosineGrid(8), structure: { ...structure, lattice: [[6.1, 0, 0], [1, 7, 0], [0.5, 0.5, 8]] as const } } // prettier-ignore

    expect(() => planeDifference(plane(cosineGrid(8)), plane(cosineGrid(9)))).toThrow(GridsDifferError)
    expect(() => planeDifference(plane(cosineGrid(8)), plane(other))).toThrow(/cell/)
  })
})
