import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { isKnownError } from '../../../src/base/known-error.ts'
import { readCif } from '../../../src/structure/cif/read-cif.ts'
import { writeCif } from '../../../src/structure/cif/write-cif.ts'
import { readExtxyz } from '../../../src/structure/extxyz.ts'
import { writeExtxyz } from '../../../src/structure/extxyz-write.ts'
import { wrapDifference } from '../../../src/structure/lattice.ts'
import { StructureNotFiniteError } from '../../../src/structure/poscar-write.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { sharedFolder } from '../shared-files.ts'

const rocksalt: Structure = {
  comment: 'Mg O',
  lattice: [[4.21, 0, 0], [0, 4.21, 0], [0, 0, 4.21]],
  sites: [
    { element: 'Mg', fractional: [0, 0, 0], label: 'Mg-1' },
    { element: 'O', fractional: [0.5, 0.5, 0.5], label: 'O-1' },
  ],
}

/** Largest difference of a fractional coordinate between sites of the same number. */
function largestDifference(a: Structure, b: Structure): number {
  const differences = a.sites.flatMap((site, i) => {
    const [x, y, z] = b.sites[i]?.fractional ?? [NaN, NaN, NaN]
    return wrapDifference([site.fractional[0] - x, site.fractional[1] - y, site.fractional[2] - z]).map(Math.abs)
  })
  return Math.max(...differences)
}

describe('writing a CIF', () => {
  beforeAll(loadSymmetryEngine)

  it('keeps cell, order and positions, and names the atoms by their labels', () => {
    const text = writeCif(rocksalt)

    const { structure, warnings } = readCif(text)
    expect(warnings).toEqual([])
    expect(text).toMatch(/^ {2}Mg-1 +Mg [^]*^ {2}O-1 +O /m)
    expect(structure.sites.map(({ element }) => element)).toEqual(['Mg', 'O'])
    expect(structure.lattice[0][0]).toBeCloseTo(4.21, 9)
    expect(largestDifference(rocksalt, structure)).toBeLessThan(1e-9)
  })

  it('numbers the atoms where labels are missing or not distinct', () => {
    const sites = rocksalt.sites.map((site) => ({ ...site, label: 'X' }))

    expect(writeCif({ ...rocksalt, sites })).toMatch(/^ {2}Mg1 +Mg [^]*^ {2}O1 +O /m)
  })

  it('refuses what is no number', () => {
    const sites = [{ element: 'Mg', fractional: [NaN, 0, 0] as const }]

    expect(() => writeCif({ ...rocksalt, sites })).toThrow(StructureNotFiniteError)
    expect(() => writeExtxyz({ ...rocksalt, sites })).toThrow(StructureNotFiniteError)
  })

  const cifs = sharedFolder('cifs')
  it.skipIf(cifs === undefined)('brings every readable public CIF back, atom by atom, and extended XYZ too', () => {
    let compared = 0
    for (const name of readdirSync(cifs ?? '').filter((file) => file.endsWith('.cif'))) {
      const first = attempt(() => readCif(readFileSync(join(cifs ?? '', name), 'latin1')).structure)
      if (first === undefined) continue
      for (const second of [readCif(writeCif(first)).structure, readExtxyz(writeExtxyz(first))[0]?.structure]) {
        expect([name, second?.sites.map(({ element }) => element)]).toEqual([name, first.sites.map(({ element }) => element)])
        // Ten decimals are written; the smallest height of these cells is 2 Å.
        expect([name, largestDifference(first, second ?? first) < 1e-8]).toEqual([name, true])
      }
      compared += 1
    }
    console.info(`${compared} public CIFs written and read back`)
    expect(compared).toBeGreaterThan(100)
  })
})

describe('writing extended XYZ', () => {
  it('gives each axis its own flag only where they differ', () => {
    const mobile = [true, true, false] as const
    const sites = [{ ...rocksalt.sites[0]!, mobile, magneticMomentMuB: 1.5 }, rocksalt.sites[1]!]

    const text = writeExtxyz({ ...rocksalt, sites })

    expect(text).toContain('Properties=species:S:1:pos:R:3:magmoms:R:1:move_mask:L:3')
    expect(readExtxyz(text)[0]?.structure.sites.map(({ mobile: free, magneticMomentMuB }) => [free, magneticMomentMuB])).toEqual([
      [[true, true, false], 1.5],
      [[true, true, true], 0],
    ])
  })
})

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isKnownError(error)) return undefined // refused with a reason: the reader's own tests look at those
    throw error
  }
}
