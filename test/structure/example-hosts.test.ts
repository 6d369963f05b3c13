import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import { norm, type Vector3 } from '../../src/base/vector.ts'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import { toCartesian } from '../../src/structure/lattice.ts'
import { neighboursOf } from '../../src/structure/neighbours.ts'
import { guessOxidationStates } from '../../src/structure/oxidation-states.ts'
import { structureInfo } from '../../src/structure/structure-info.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { analyseSymmetry } from '../../src/structure/symmetry.ts'
import type { Plan } from '../../src/workflow/plan.ts'

beforeAll(() => loadSymmetryEngine())

const repository = resolve(import.meta.dirname, '../..')
const crystal = (name: string) => readCif(readFileSync(resolve(repository, 'structures', name), 'utf8'))
const bondsOf = (structure: Structure, element: string, longest: number) => {
  const first = structure.sites.findIndex((site) => site.element === element)
  const oxygens = neighboursOf(structure, first, longest).filter(
    (near) => structure.sites[near.index]?.element === 'O',
  )
  return oxygens.map((near) => Number(near.distanceAngstrom.toFixed(3)))
}

/** Densities and bond lengths of textbooks; EXAFS for Ni–O: (4 × 1.91 + 2 × 2.09) / 6 = 1.97 Å. */
const hosts = [
  {
    file: 'licoo2.cif',
    group: 166,
    densityGramPerCm3: 5.05,
    cation: 'Co',
    bonds: Array<number>(6).fill(1.923),
  },
  {
    file: 'linio2.cif',
    group: 166,
    densityGramPerCm3: 4.78,
    cation: 'Ni',
    bonds: Array<number>(6).fill(1.972),
  },
  {
    file: 'anatase.cif',
    group: 141,
    densityGramPerCm3: 3.89,
    cation: 'Ti',
    bonds: [1.934, 1.934, 1.934, 1.934, 1.98, 1.98],
  },
]

describe('the host crystals of the examples', () => {
  it.each(hosts)(
    '$file has its group, density and octahedron, and nothing to warn about',
    ({ file, group, densityGramPerCm3, cation, bonds }) => {
      const { structure, warnings } = crystal(file)

      expect(warnings).toEqual([])
      expect(analyseSymmetry(structure).spaceGroupNumber).toBe(group)
      expect(structureInfo(structure).densityGramPerCm3).toBeCloseTo(densityGramPerCm3, 1)
      expect(bondsOf(structure, cation, 2.3)).toEqual(bonds)
    },
  )

  it.each(hosts)('$file has the formal charges that its bond lengths ask for', ({ file }) => {
    const { structure } = crystal(file)
    const bare = {
      ...structure,
      sites: structure.sites.map(({ element, fractional }) => ({ element, fractional })),
    }

    const guess = guessOxidationStates(bare)

    expect(guess.states).toEqual(structure.sites.map((site) => site.oxidationState))
  })
})

/** Balances follow from the formal charges: Mg2+ on Co3+ −1 and on Li+ +1, Zr4+ and Nb5+ on Ni3+ +1 and +2, times two faces. */
const screens = [
  {
    file: 'licoo2-104/screen.yaml',
    balances: { pristine: 0, 'Mg-on-Co': -2, 'Mg-on-Co-subsurface': -2, 'Mg-on-Li': 2 },
  },
  {
    file: 'linio2-104/screen.yaml',
    balances: {
      pristine: 0,
      'Al-on-Ni': 0,
      'Zr-on-Ni': 2,
      'Zr-on-Ni-vLi': 0,
      'Nb-on-Ni': 4,
      'Nb-on-Ni-2vLi': 0,
      'Al-on-Ni-subsurface': 0,
      'Zr-on-Ni-subsurface': 2,
      'Zr-on-Ni-subsurface-vLi': 0,
      'Nb-on-Ni-subsurface': 4,
      'Nb-on-Ni-subsurface-2vLi': 0,
    },
  },
  {
    file: 'anatase-101/screen.yaml',
    balances: { pristine: 0, 'Nb-on-Ti': 2, 'Nb-on-Ti-subsurface': 2, 'Nb-on-Ti-centre': 2 },
  },
  {
    file: 'licoo2-104/screen-pairs.yaml',
    balances: {
      pristine: 0,
      'Mg2-on-Co-2.82A': -4,
      'Mg2-on-Co-2.82A-vO': 0,
      'Mg2-on-Co-5.70A': -4,
      'Mg2-on-Co-5.70A-vO': 0,
      'Mg2-on-Co-6.36A': -4,
      'Mg2-on-Co-6.36A-vO': 0,
    },
  },
]

describe.each(screens)('the screen $file', ({ file, balances }) => {
  let plan: Plan
  beforeAll(async () => {
    plan = (await planScreen(resolve(repository, 'examples', file))).plan
  })

  it('has the formal charge balances of its defects, and no warning', () => {
    const { candidates } = plan
    const first = candidates.filter((candidate) => candidate.startOf === undefined)

    expect(Object.fromEntries(first.map(({ id, formalChargeBalance }) => [id, formalChargeBalance]))).toEqual(
      balances,
    )
    expect(candidates.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  it('has slabs of at most 130 atoms, 8 Å and more between images, 15 Å of vacuum', () => {
    for (const { structure } of starts(plan)) {
      expect(structure.sites.length).toBeLessThanOrEqual(130)
      expect(shortestImageAngstrom(structure)).toBeGreaterThan(8)
      const heights = structure.sites.map((site) => site.fractional[2] * norm(structure.lattice[2]))
      const thickness = Math.max(...heights) - Math.min(...heights)
      // A rattle of up to 0.05 Å moves the outermost atoms.
      expect(Math.abs(norm(structure.lattice[2]) - thickness - 15)).toBeLessThan(0.4)
    }
  })

  it('has two like faces in every slab: inversion, so no dipole', () => {
    for (const { id, structure } of starts(plan)) {
      const inverts = analyseSymmetry(structure).operations.some(
        ({ rotation }) => rotation.flat().join() === '-1,0,0,0,-1,0,0,0,-1',
      )
      expect([id, inverts]).toEqual([id, true])
    }
  })
})

function starts({ calculations }: Plan) {
  return calculations.flatMap(({ id, start }) =>
    start.kind === 'structure' ? [{ id, structure: start.structure }] : [],
  )
}

function shortestImageAngstrom({ lattice }: Structure): number {
  const steps: Vector3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
    [1, -1, 0],
  ]
  return Math.min(...steps.map((step) => norm(toCartesian(lattice, step))))
}
