import { describe, expect, it } from 'vitest'
import type { Structure } from '../../../src/structure/structure.ts'
import { readIncar, writeIncar } from '../../../src/vasp/input/incar.ts'
import { readKpoints } from '../../../src/vasp/input/kpoints.ts'
import type { LintedInputs, LintedPotcar } from '../../../src/vasp/input/lint/lint-rule.ts'
import { lintInputs, lintRules } from '../../../src/vasp/input/lint/lint-rules.ts'
import { pawDataset } from '../../../src/vasp/input/paw-data.ts'
import { relaxIncar } from '../../../src/vasp/input/relax-incar.ts'
import { staticIncar } from '../../../src/vasp/input/static-incar.ts'
import { flattenGroups } from '../../../src/vasp/input/incar-settings.ts'
import { defaultRelaxSettings, defaultStaticSettings } from '../../../src/workflow/steps/step-kind.ts'

/** A slab of 15 Å in a cell of 25 Å: Li2 Mn2 O4, moments on manganese. */
const slab: Structure = {
  comment: 'slab',
  lattice: [
    [5, 0, 0],
    [0, 5, 0],
    [0, 0, 25],
  ],
  sites: [
    ['Li', 0],
    ['Li', 0.1],
    ['Mn', 0.2],
    ['Mn', 0.3],
    ['O', 0.15],
    ['O', 0.25],
    ['O', 0.35],
    ['O', 0.4],
  ].map(([element, z]) => ({
    element: String(element),
    fractional: [0.1, 0.1, Number(z)] as const,
    ...(element === 'Mn' && { magneticMomentMuB: 4 }),
  })),
}
const potcars: LintedPotcar[] = ['Li_sv', 'Mn_pv', 'O'].map((symbol) => {
  const { element = symbol, zval = 0, enmaxEv = 0 } = pawDataset(symbol) ?? {}
  return { element, functional: 'PBE', zval, enmaxEv }
})

/** Rule ids of what is said about an INCAR beside this slab. */
function rulesFor(incar: string, others: Partial<LintedInputs> = { structure: slab, potcars }): string[] {
  return lintInputs({ incar: readIncar(`ISMEAR = 0\n${incar}`), ...others }).map(({ rule }) => rule)
}

describe('lintInputs', () => {
  it('finds nothing in what we write ourselves', () => {
    const relax = relaxIncar(slab, defaultRelaxSettings)
    const final = staticIncar(
      slab,
      { ...defaultStaticSettings, dipoleCorrection: true },
      { wavecarKept: true },
    )
    for (const groups of [relax, final]) {
      const incar = readIncar(writeIncar(flattenGroups(groups)))

      expect(
        lintInputs({ incar, structure: slab, potcars, kpoints: readKpoints('x\n0\nGamma\n6 6 1\n') }),
      ).toEqual([])
    }
  })

  it('gives rule, line, reason and source with each finding', () => {
    const [finding] = lintInputs({ incar: readIncar('ISMEAR = 0\nENCUTT = 520') })

    expect(finding).toEqual({
      rule: 'unknown-tag',
      severity: 'warning',
      tag: 'ENCUTT',
      line: 2,
      message: 'VASP knows no tag ENCUTT; perhaps ENCUT is meant.',
      why: expect.stringContaining('passes over') as string,
      source: 'https://vasp.at/wiki/INCAR',
    })
  })

  it.each([
    ['unknown-tag', 'EDIFF_PER_ATOM = 5E-5', 'EDIFF = 1E-6'],
    ['duplicate-tag', 'NSW = 1\nNSW = 2', 'NSW = 1'],
    ['unreadable-value', 'ENCUT = high', 'ENCUT = 520'],
    ['vdw-leftover', 'GGA = PE\nAGGAC = 0', 'GGA = MK\nAGGAC = 0\nLUSE_VDW = T\nLASPH = T'],
    [
      'vdw-incomplete',
      'GGA = MK\nLUSE_VDW = T\nLASPH = T',
      'METAGGA = SCAN\nLUSE_VDW = T\nBPARAM = 15.7\nLASPH = T',
    ],
    ['missing-lasph', 'METAGGA = R2SCAN', 'METAGGA = R2SCAN\nLASPH = T'],
    ['gga-potcar', 'GGA = CA', 'GGA = PE'],
    ['encut', 'ENCUT = 400', 'ENCUT = 520'],
    [
      'missing-lmaxmix',
      'LDAU = T\nLDAUL = -1 2 -1\nLDAUU = 0 4.5 0',
      'LDAU = T\nLDAUL = -1 2 -1\nLDAUU = 0 4.5 0\nLMAXMIX = 4',
    ],
    [
      'hubbard-species',
      'LDAU = T\nLDAUL = 2 -1 -1\nLDAUU = 4.5 0 0\nLMAXMIX = 4',
      'LDAU = T\nLDAUL = -1 2 1\nLDAUU = 0 4.5 4\nLMAXMIX = 4',
    ],
    ['hubbard-species', 'LDAU = T\nLDAUU = 0 4.5\nLMAXMIX = 4', 'LDAU = F\nLDAUU = 0 4.5'],
    ['magmom', 'ISPIN = 2\nMAGMOM = 2*0 2*4', 'ISPIN = 2\nMAGMOM = 2*0 2*4 4*0'],
    ['magmom', 'ISPIN = 2\nMAGMOM = 2*4 6*0', 'LSORBIT = T\nMAGMOM = 24*1'],
    ['vacuum-k-points', 'KSPACING = 0.1', 'KSPACING = 0.3'],
    ['dipole-axis', 'IDIPOL = 1', 'IDIPOL = 3'],
    ['dipole-axis', 'LDIPOL = T', 'LDIPOL = T\nIDIPOL = 3'],
    ['charged-cell', 'NELECT = 55', 'NELECT = 56'],
    ['loose-ediff', 'EDIFF = 7E-4', 'EDIFF = 1E-5'],
    ['ionic-tags', 'NSW = 100', 'NSW = 100\nIBRION = 2'],
    ['ionic-tags', 'NSW = 100\nIBRION = 2\nICHARG = 11', 'NSW = 0\nICHARG = 11'],
    ['charge-output', 'LAECHG = T\nNSW = 100\nIBRION = 2', 'LAECHG = T\nNSW = 0'],
    ['spin-start', 'ISPIN = 2', 'ISPIN = 2\nISTART = 1'],
    ['npar-ncore', 'NPAR = 2\nNCORE = 4', 'NCORE = 4'],
  ])('%s speaks of %j and not of %j', (rule, wrong, right) => {
    expect(rulesFor(wrong)).toContain(rule)
    expect(rulesFor(right)).toEqual([])
  })

  it('warns about Methfessel-Paxton smearing in an oxide, and not in a metal', () => {
    const metal: Structure = { ...slab, sites: slab.sites.filter(({ element }) => element === 'Mn') }

    expect(lintInputs({ incar: readIncar('ISMEAR = 1'), structure: slab })[0]?.rule).toBe(
      'smearing-insulator',
    )
    expect(lintInputs({ incar: readIncar('ISMEAR = 1'), structure: metal })).toEqual([])
  })

  it('warns about an unset ISMEAR, whose default is 1', () => {
    expect(lintInputs({ incar: readIncar(''), structure: slab })[0]?.message).toContain('ISMEAR is not set')
  })

  it('sees that POTCAR is in another order than POSCAR', () => {
    const [finding] = lintInputs({
      incar: readIncar('ISMEAR = 0'),
      structure: slab,
      potcars: potcars.toReversed(),
    })

    expect(finding).toMatchObject({
      rule: 'potcar-order',
      severity: 'error',
      message: 'POTCAR has O Mn Li, POSCAR has Li Mn O.',
    })
  })

  it('counts k-points for the tetrahedron method and along the vacuum', () => {
    const tetrahedra = readIncar('ISMEAR = -5')

    expect(lintInputs({ incar: tetrahedra, kpoints: readKpoints('x\n0\nG\n1 3 1') })[0]?.rule).toBe(
      'tetrahedron-points',
    )
    expect(lintInputs({ incar: tetrahedra, kpoints: readKpoints('x\n0\nG\n2 2 1') })).toEqual([])
    expect(rulesFor('', { structure: slab, kpoints: readKpoints('x\n0\nG\n6 6 2') })).toEqual([
      'vacuum-k-points',
    ])
  })

  it('has rules with ids of their own, each with a reason and a source', () => {
    expect(new Set(lintRules.map(({ id }) => id)).size).toBe(lintRules.length)
    for (const { why, source } of lintRules)
      expect([why.length > 20, source.startsWith('https://')]).toEqual([true, true])
  })
})
