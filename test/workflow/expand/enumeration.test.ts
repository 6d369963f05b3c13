import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { formula, type Structure } from '../../../src/structure/structure.ts'
import { builtHost } from '../../../src/workflow/expand/built-host.ts'
import { namedDefects } from '../../../src/workflow/expand/named-defects.ts'
import { readScreen } from '../../../src/workflow/screen/read-screen.ts'
import { processorMilliseconds } from '../../structure/processor-time.ts'
import { liCoO2, mgo, spinel } from '../../structure/slab/hosts.ts'
import { host, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

const screenText = (states: string, form: string, dopants: string, more = '') =>
  `name: test\nhost: { file: host.cif, oxidationStates: { ${states} }${form.startsWith('bulk') ? ', form: bulk' : ''} }\n${form}\ndopants: { ${dopants} }\n${more}`

const li2MnO3 = 'Li: 1, Mn: 4, O: -2'
const slab = 'slab: { millerIndex: [0, 1, 0] }'
const ids = (text: string, crystal: Structure = host) =>
  planOf(text, crystal)
    .candidates.slice(1)
    .map(({ id }) => id)

describe('positions that two rules name', () => {
  it('are one candidate, and the plan says which name was left out', () => {
    const plan = planOf(
      screenText(li2MnO3, slab, 'elements: [Al], sites: [{ replace: Mn }, { replace: Mn, depth: any }]'),
    )

    expect(plan.candidates.slice(1).map(({ id }) => id)).toEqual([
      'Al-on-Mn',
      'Al-on-Mn-2.95A-4g',
      'Al-on-Mn-4.37A-4g',
    ])
    expect(plan.notes).toContain('Al-on-Mn-0.10A-4g is the same as Al-on-Mn and left out.')
  })

  it('keep apart under one name by position and depth', () => {
    expect(
      ids(
        screenText(
          li2MnO3,
          slab,
          'elements: [Al], sites: [{ replace: Li, layer: Li-layer }, { replace: Li, layer: TM-layer }]',
        ),
      ),
    ).toEqual(['Al-on-Li', 'Al-on-Li-2b'])
  })
})

describe('presets', () => {
  it('`screen` takes every cation of every layer at and below the surface, and the void away from Mn', () => {
    expect(ids(screenText(li2MnO3, slab, 'elements: [B], preset: screen'))).toEqual([
      'B-on-Li-Li-layer',
      'B-on-Li-Li-layer-subsurface',
      'B-on-Li-TM-layer',
      'B-on-Li-TM-layer-subsurface',
      'B-on-Mn',
      'B-on-Mn-subsurface',
      'B-in-tet',
    ])
  })

  it('of the file are as good as rules', () => {
    expect(
      ids(
        screenText(
          li2MnO3,
          slab,
          'elements: [Al], preset: deep',
          'presets: { deep: [{ replace: Mn, depth: centre }] }',
        ),
      ),
    ).toEqual(['Al-on-Mn-centre'])
  })
})

describe('other hosts', () => {
  it('LiCoO2 (104): magnesium on surface Co and Li, one hole fewer or one electron more a dopant', () => {
    const text = screenText(
      'Li: 1, Co: 3, O: -2',
      'slab: { millerIndex: [1, 0, 4], repeats: 4 }',
      'elements: [Mg], sites: [{ replace: Co }, { replace: Li }]',
    )
    const { candidates } = planOf(text, liCoO2)

    expect(candidates.map(({ id, formalChargeBalance, faces }) => [id, formalChargeBalance, faces])).toEqual([
      ['pristine', 0, 'none'],
      ['Mg-on-Co', -2, 'both'],
      ['Mg-on-Li', 2, 'both'],
    ])
  })

  it('spinel: a Néel order of the pyrochlore lattice is told to be frustrated', () => {
    const sites = spinel.sites.map((site) =>
      site.element === 'Al' ? { ...site, element: 'Mn', oxidationState: 3 } : site,
    )
    const text = screenText(
      'Mg: 2, Mn: 3, O: -2',
      'bulk: {}',
      'elements: [Al], sites: [{ replace: Mn }]',
      'method: { magneticOrder: afm-neel }\n',
    )
    const plan = planOf(text, { ...spinel, sites })

    expect(formula(startOf(plan, 'pristine'))).toBe('Mg8Mn16O32')
    expect(plan.notes.join(' ')).toMatch(/frustrated: \d+ of \d+ neighbouring pairs stay parallel/)
  })

  it('rocksalt: pairs of dopants are named by their distances', () => {
    const found = ids(
      screenText(
        'Mg: 2, O: -2',
        'bulk: { supercell: [2, 2, 2] }',
        'elements: [Al], sites: [{ replace: Mg, count: 2 }]',
      ),
      mgo,
    )

    // Shells of the fcc lattice with a = 4.212 Å that fit into a cell of 2a: a/√2, a, a·√(3/2), a·√2, and a·√3.
    expect(found).toEqual(['2.98', '4.21', '5.16', '5.96', '7.30'].map((d) => `Al2-on-Mg-${d}A`))
  })
})

describe('the speed of enumeration', () => {
  it('is at least 1000 candidates a second for four Al on sixteen Mn or on sixteen Li', () => {
    const screen = readScreen(
      screenText(
        li2MnO3,
        'bulk: { supercell: [2, 1, 2] }',
        'elements: [Al], sites: [{ replace: Mn, count: 4, limit: 9999 }, { replace: Li, wyckoff: 4h, count: 4, limit: 9999 }]',
      ),
      'screen.yaml',
    )
    const built = builtHost(screen, host)
    namedDefects(screen, built)
    let count = 0

    const milliseconds = processorMilliseconds(() => (count = namedDefects(screen, built).defects.length))

    expect(count).toBeGreaterThan(100)
    expect((count / milliseconds) * 1000).toBeGreaterThan(1000)
  })
})
