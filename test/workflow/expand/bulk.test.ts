import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { neighboursOf } from '../../../src/structure/neighbours.ts'
import { matchStructures } from '../../../src/structure/match.ts'
import { substitute } from '../../../src/structure/dopant/substitute.ts'
import { withNumberedLabels } from '../../../src/structure/labels.ts'
import { withSites, type Structure } from '../../../src/structure/structure.ts'
import { unrelaxed } from '../../../src/workflow/steps/step-kind.ts'
import { prepareStep } from '../../../src/workflow/steps/prepare-step.ts'
import { calculationOf, candidateOf, flagshipWith, host, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

const text = readFileSync(resolve(import.meta.dirname, '../../../examples/li2mno3-bulk/screen.yaml'), 'utf8')
const bulkWith = (...changes: readonly (readonly [string, string])[]) =>
  changes.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`the bulk screen has no "${from}"`)
    return all.replace(from, to)
  }, text)

describe('a bulk screen', () => {
  it('has the crystal with six oxygens around every Mn', () => {
    const { sites, ...rest } = startOf(planOf(text), 'pristine')
    const counts = sites.flatMap(({ element }, i) =>
      element === 'Mn'
        ? [
            neighboursOf({ ...rest, sites }, i, 2.3).filter((near) => sites[near.index]?.element === 'O')
              .length,
          ]
        : [],
    )

    expect(sites).toHaveLength(96)
    expect(counts).toEqual(Array.from({ length: 16 }, () => 6))
  })

  it('puts dopants on each Wyckoff position that a rule covers: Mn 4g, and Li 2c and 4h in the Li layer', () => {
    const { candidates } = planOf(text)

    expect(
      candidates.filter(({ dopant }) => dopant === 'B').map(({ id, site }) => [id, site?.wyckoff]),
    ).toEqual([
      ['B-on-Mn', '4g'],
      ['B-on-Li-2c', '2c'],
      ['B-on-Li-4h', '4h'],
    ])
    expect(candidateOf(planOf(text), 'B-on-Li-4h')).toMatchObject({
      depthAngstrom: null,
      faces: 'none',
      formalChargeBalance: 2,
    })
  })

  // 0.04 in units of 2π/Å on 4.937 × 8.532 × 5.030 Å, each length divided by the number of cells.
  it('samples all three directions: 6×3×6 on the single cell and 3×3×3 on 2×1×2 cells', () => {
    expect(calculationOf(planOf(text), 'pristine', 'relax').kMesh).toEqual([3, 3, 3])
    expect(calculationOf(planOf(bulkWith(['[2, 1, 2]', '[1, 1, 1]'])), 'pristine', 'relax').kMesh).toEqual([
      6, 3, 6,
    ])
  })

  it('keeps the cell of the file by default, and moves it with 650 eV when the lattice is to be relaxed', () => {
    const kept = planOf(text)
    const moved = planOf(bulkWith(['lattice: experimental', 'lattice: relaxed']))
    const incar = (plan: typeof kept, step: string) => {
      const { kind = 'static', settings } = calculationOf(plan, 'B-on-Mn', step)
      return prepareStep(kind, settings, startOf(plan, 'B-on-Mn'), unrelaxed).incar
    }

    expect(incar(kept, 'relax')).toMatchObject({ ISIF: 2, ENCUT: 520 })
    // 1.3 × 499.0 eV of Li_sv is 648.7 eV.
    expect(incar(moved, 'relax')).toMatchObject({ ISIF: 3, ENCUT: 650 })
    expect(incar(moved, 'static')).toMatchObject({ ENCUT: 520, NSW: 0 })
    expect(moved.notes.join(' ')).toContain(
      'ISIF = 3 in the relaxation, with ENCUT of at least 1.3 × the largest ENMAX, 650 eV',
    )
  })

  it('never corrects for a dipole', () => {
    expect(planOf(text).calculations.every(({ settings }) => !settings.dipoleCorrection)).toBe(true)
  })
})

describe('pairs of dopants in a small cell', () => {
  const rule = (replace: string, count: number) =>
    bulkWith(
      ['[2, 1, 2]', '[1, 1, 1]'],
      ['preset: paper', `sites: [{ replace: ${replace}, count: ${count} }]`],
      ['[B, P, S, Si, Al]', '[Al]'],
      ['rattleAngstrom: 0.03', 'rattleAngstrom: 0'],
    )

  // Brute force: all ways, told apart by matching the crystals rather than by their group.
  it.each([
    ['Mn', 2],
    ['Li, wyckoff: 4h', 2],
    ['Li, wyckoff: 4h', 3],
  ])('on %s, %i a cell, are as many as brute force finds different crystals', (replace, count) => {
    const plan = planOf(rule(replace, count))
    const found = plan.candidates.slice(1).map(({ id }) => startOf(plan, id))
    const labels = replace === 'Mn' ? ['Mn-1', 'Mn-2', 'Mn-3', 'Mn-4'] : labelsAt('4h')

    const classes: Structure[] = []
    for (const chosen of subsets(labels, count)) {
      const one = chosen.reduce(
        (all, label) => substitute(all, label, { element: 'Al' }).structure,
        labelledHost(),
      )
      if (!classes.some((other) => isSameCrystal(one, other))) classes.push(one)
    }

    expect(found).toHaveLength(classes.length)
    expect(classes.every((one) => found.some((other) => isSameCrystal(one, other)))).toBe(true)
  })

  it('are refused beyond the stated limit', () => {
    const many = rule('O', 4).replace('count: 4', 'count: 4, limit: 10')

    expect(() => planOf(many)).toThrow(/symmetry-distinct arrangements; the limit is 10/)
  })
})

describe('the bulk reference of a slab', () => {
  it('is the crystal in the lattice that the slab was cut from, with its own mesh', () => {
    const plan = planOf(
      flagshipWith(['supercell: [2, 2]', 'supercell: [1, 1]'], ['host:', 'references: [bulk]\nhost:']),
    )
    const reference = startOf(plan, 'bulk')

    expect(candidateOf(plan, 'bulk')).toMatchObject({
      series: 'reference',
      atomCount: 24,
      formalChargeBalance: 0,
    })
    expect(calculationOf(plan, 'bulk', 'relax').kMesh).toEqual([6, 3, 6])
    expect(calculationOf(plan, 'bulk', 'relax').settings.isif).toBe(2)
    expect(matchStructures(reference, host)?.maxDisplacementAngstrom).toBeLessThan(1e-6)
  })
})

function labelledHost(): Structure {
  return withSites(host, withNumberedLabels(host.sites))
}

function labelsAt(wyckoff: string): readonly string[] {
  const plan = planOf(
    bulkWith(
      ['[2, 1, 2]', '[1, 1, 1]'],
      ['preset: paper', `sites: [{ replace: Li, wyckoff: ${wyckoff}, concentration: 1 }]`],
      ['[B, P, S, Si, Al]', '[Al]'],
      ['rattleAngstrom: 0.03', 'rattleAngstrom: 0'],
    ),
  )
  const { sites } = startOf(plan, plan.candidates[1]?.id ?? '')
  const dopants = sites.filter(({ element }) => element === 'Al')
  const all = labelledHost().sites.filter(({ element }) => element === 'Li')
  return all
    .filter((site) => dopants.some((other) => same(other.fractional, site.fractional)))
    .map(({ label }) => label ?? '')
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.every((x, i) => Math.abs(x - (b[i] ?? 0) - Math.round(x - (b[i] ?? 0))) < 1e-6)
}

function isSameCrystal(a: Structure, b: Structure): boolean {
  const found = matchStructures(a, b)
  return found !== undefined && found.maxDisplacementAngstrom < 0.01
}

function subsets(all: readonly string[], size: number): readonly (readonly string[])[] {
  if (size === 0) return [[]]
  return all.flatMap((first, i) => subsets(all.slice(i + 1), size - 1).map((rest) => [first, ...rest]))
}
