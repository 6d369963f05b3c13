import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { readCif } from '../../../src/structure/cif/read-cif.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { expandScreen } from '../../../src/workflow/expand/expand-screen.ts'
import type { Plan } from '../../../src/workflow/plan.ts'
import { readScreen } from '../../../src/workflow/screen/read-screen.ts'

let host: Structure
beforeAll(() => {
  loadSymmetryEngine()
  host = readCif(readFileSync('structures/li2mno3.cif', 'utf8')).structure
})

const screen = (slab: string, more = ''): string => `
name: s
host: { file: x.cif, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2${slab} }
${more}
`
const plan = (slab: string, more = ''): Plan => expandScreen(readScreen(screen(slab, more), 's.yaml'), host)

describe('a mesh by density', () => {
  it('has the same product of points and atoms for a cell and its 2×2 multiple, but for whole numbers', () => {
    const points = (slab: string) => {
      const [a, b, c] = plan(slab, 'kpoints: { pointsPerReciprocalAtom: 900 }').calculations[0]?.kMesh ?? [0, 0, 0]
      expect(c).toBe(1)
      return a * b
    }

    // 24 atoms want 37.5 points and 96 want 9.4: rounded up along each axis.
    expect(points('')).toBeGreaterThanOrEqual(38)
    expect(points('')).toBeLessThanOrEqual(49)
    expect(points(', supercell: [2, 2]')).toBeGreaterThanOrEqual(10)
    expect(points(', supercell: [2, 2]')).toBeLessThanOrEqual(16)
  })
})

describe('lithium taken out by count', () => {
  it('is that many on each face, related by symmetry', () => {
    const { candidates } = plan(', supercell: [2, 2]', 'delithiation: [{ of: [pristine], count: 2 }]')

    expect(candidates[1]).toMatchObject({ id: 'pristine-delith-2ions', formula: 'Li28Mn16O48', formalChargeBalance: -4 })
  })

  it('is refused when a face has fewer', () => {
    expect(() => plan('', 'delithiation: [{ of: [pristine], count: 40 }]')).toThrow(/Cannot remove 40 ions of Li per face/)
  })
})

describe('a surface', () => {
  it('may be named by four indices, and made as thick as a number of atoms', () => {
    const text = screen('').replace('[0, 1, 0], repeats: 2', '[0, 1, -1, 0], minimumAtoms: 30')
    const { candidates } = expandScreen(readScreen(text, 's.yaml'), host)

    expect(candidates[0]?.formula).toBe('Li12Mn6O18')
  })

  it('whose four indices do not belong together is refused', () => {
    const text = screen('').replace('[0, 1, 0]', '[0, 1, 2, 0]')

    expect(() => expandScreen(readScreen(text, 's.yaml'), host)).toThrow(/is not a surface/)
  })
})

describe('a polar termination', () => {
  it('is planned without a dipole correction once it is reconstructed', () => {
    const isCorrected = (slab: string) => plan(slab).calculations.some(({ settings }) => settings.dipoleCorrection)

    expect(isCorrected(', termination: T2')).toBe(true)
    expect(plan(', termination: T2, supercell: [2, 1], reconstruct: true').candidates[0]?.formula).toBe('Li16Mn8O24')
  })
})
