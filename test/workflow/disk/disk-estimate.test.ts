import { describe, expect, it } from 'vitest'
import type { Lattice } from '../../../src/structure/lattice.ts'
import { diskEstimate } from '../../../src/workflow/disk/disk-estimate.ts'
import { diskWords } from '../../../src/workflow/disk/disk-words.ts'
import { runSize, totalBytes, type RunShape } from '../../../src/workflow/disk/run-size.ts'
import type { PlannedCalculation } from '../../../src/workflow/planned-calculation.ts'
import { defaultRelaxSettings, defaultStaticSettings } from '../../../src/workflow/steps/step-kind.ts'

const box = (a: number, b: number, c: number): Lattice => [
  [a, 0, 0],
  [0, b, 0],
  [0, 0, c],
]

/** Two trilayers of Li2MnO3 (010), 2a × 2c: 144 atoms, 888 electrons with Li_sv, Mn_pv and O. */
const slab: RunShape = {
  kind: 'relax',
  lattice: box(9.87, 10.05, 27),
  atomCount: 144,
  electronCount: 888,
  kMesh: [3, 3, 1],
  encutEv: 520,
  ispin: 2,
  isym: 0,
}

describe('the disk of a run', () => {
  it('is about 3 GB of orbitals and 0.8 GB of grids for a slab of 144 atoms', () => {
    const orbitals = totalBytes(runSize(slab))
    const grids = runSize({ ...slab, kind: 'static' })

    expect(orbitals / 1e9).toBeGreaterThan(2)
    expect(orbitals / 1e9).toBeLessThan(4.5)
    const partition = totalBytes(grids, (file) => file === 'CHGCAR' || file.startsWith('AECCAR'))
    expect(partition / 1e9).toBeGreaterThan(0.5)
    expect(partition / 1e9).toBeLessThan(1.1)
  })

  it('is half for the orbitals of one spin, and half again at Γ alone', () => {
    const one = totalBytes(runSize({ ...slab, ispin: 1 }))
    const gamma = totalBytes(runSize({ ...slab, kMesh: [1, 1, 1] }))

    expect(one).toBeCloseTo(totalBytes(runSize(slab)) / 2, -3)
    // Five k-points of time reversal at 3×3×1; the Γ-only program stores half of the plane waves.
    expect(gamma).toBeCloseTo(totalBytes(runSize(slab)) / 10, -3)
  })
})

function planned(id: string, overrides: Partial<PlannedCalculation>): PlannedCalculation {
  const isRelax = id.endsWith('relax')
  return {
    id,
    candidateId: 'x',
    step: isRelax ? 'relax' : 'static',
    dependsOn: [],
    functional: 'PBE+U',
    kMesh: [3, 3, 1],
    electronCount: 888,
    folder: id,
    start: { kind: 'relaxed', from: id.replace('static', 'relax'), removedLabels: [], rattleAngstrom: 0, seed: '' },
    settings: isRelax ? defaultRelaxSettings : defaultStaticSettings,
    notes: [],
    ...overrides,
  }
}

const structure = {
  comment: '',
  lattice: slab.lattice,
  sites: Array.from({ length: 144 }, () => ({ element: 'O', fractional: [0, 0, 0] as const })),
}

const member = (name: string, keep?: PlannedCalculation['keep']) => [
  planned(`${name}/relax`, { start: { kind: 'structure', structure }, ...(keep && { keep }) }),
  planned(`${name}/static`, { dependsOn: [`${name}/relax`], ...(keep && { keep }) }),
]

describe('the disk of a screen', () => {
  it('keeps densities and small files; orbitals, potentials and AECCARs come and go', () => {
    const disk = diskEstimate([...member('a'), ...member('b')], 1)

    const { CHGCAR = 0 } = runSize({ ...slab, kind: 'static' })
    expect(disk.keptBytes).toBeGreaterThan(2 * CHGCAR)
    expect(disk.keptBytes).toBeLessThan(2 * CHGCAR + 50e6)
    expect(disk.peakBytes).toBeGreaterThan(disk.keptBytes + 2 * totalBytes(runSize(slab)))
    expect(disk.peakBytes).toBeLessThan(disk.writtenBytes)
  })

  it('keeps all that was written when the screen says so', () => {
    const disk = diskEstimate(member('a', 'all'), 4)

    expect(disk.keptBytes).toBe(disk.writtenBytes)
    expect(disk.peakBytes).toBe(disk.writtenBytes)
  })

  it('counts the atoms that a delithiation takes out', () => {
    const [relax, ...rest] = member('a')
    const removedLabels = Array.from({ length: 8 }, (_, i) => `Li-${i + 1}`)
    const fewer = planned('b/relax', { start: { kind: 'relaxed', from: 'a/relax', removedLabels, rattleAngstrom: 0, seed: '' }, electronCount: 864 })
    const disk = diskEstimate([relax!, ...rest, fewer], 1)

    const bytes = new Map(disk.calculations.map((each) => [each.id, each.bytes]))
    expect(bytes.get('b/relax')).toBeLessThan(bytes.get('a/relax') ?? 0)
  })

  it('is compared with the quota of the site', () => {
    const disk = diskEstimate(member('a'), 1)

    expect(diskWords(disk, 1)).toMatch(/more than the 1\.1 GB of the site: run the screen in parts/)
    expect(diskWords(disk, 500)).not.toMatch(/more than/)
  })
})
