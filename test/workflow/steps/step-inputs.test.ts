import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { readPoscar } from '../../../src/structure/poscar.ts'
import type { Site, Structure } from '../../../src/structure/structure.ts'
import { readIncar } from '../../../src/vasp/input/incar.ts'
import { readKpoints } from '../../../src/vasp/input/kpoints.ts'
import { methodNames } from '../../../src/vasp/input/method-presets.ts'
import { readPotcarSpec } from '../../../src/vasp/input/potcar-spec.ts'
import {
  inputFiles,
  TemplateContradictsPlanError,
  type RenderTemplate,
} from '../../../src/workflow/steps/input-files.ts'
import { OverrideError } from '../../../src/workflow/steps/overrides.ts'
import { prepareRelax } from '../../../src/workflow/steps/relax.ts'
import { prepareStatic } from '../../../src/workflow/steps/static.ts'
import {
  defaultRelaxSettings,
  defaultStaticSettings,
  unrelaxed,
  type VaspInput,
} from '../../../src/workflow/steps/step-kind.ts'

const root = resolve(import.meta.dirname, '../../..')
const render: RenderTemplate = (name, values) => templates.render(name, values)
const templates = handlebarsTemplates({ folders: [resolve(root, 'templates')] })

/** Boron on one of the manganese sites of a 2×2 slab of Li2MnO3; heights stand for real ones. */
const slab: Structure = {
  comment: 'b-on-mn1: Li2MnO3 (010), T1; n = 3',
  lattice: [
    [9.874, 0, 0],
    [-3.351, 9.485, 0],
    [0, 0, 26.58],
  ],
  sites: [...atoms('Li', 48), ...atoms('Mn', 23, 4), ...atoms('B', 1), ...atoms('O', 72)],
}

function atoms(element: string, count: number, magneticMomentMuB?: number): Site[] {
  return Array.from({ length: count }, (_, index) => ({
    element,
    fractional: [(index % 7) / 7, (index % 5) / 5, 0.3 + (0.4 * index) / count] as const,
    ...(magneticMomentMuB !== undefined && { magneticMomentMuB }),
  }))
}

describe('the relaxation', () => {
  const input = prepareRelax(defaultRelaxSettings, slab)

  it('has the functional, the on-site term and the convergence of the paper', () => {
    expect(input.incar).toEqual({
      SYSTEM: 'b-on-mn1: Li2MnO3 (010), T1 n = 3',
      GGA: 'MK',
      PARAM1: 0.1234,
      PARAM2: 1,
      AGGAC: 0,
      LUSE_VDW: true,
      LASPH: true,
      LDAU: true,
      LDAUTYPE: 2,
      LDAUL: [-1, 2, -1, -1],
      LDAUU: [0, 4.5, 0, 0],
      LDAUJ: [0, 0, 0, 0],
      PREC: 'Accurate',
      ENCUT: 520,
      EDIFF: 1e-6,
      ISMEAR: 0,
      SIGMA: 0.05,
      ALGO: 'Normal',
      NELM: 200,
      NELMIN: 6,
      LREAL: 'Auto',
      ISYM: 0,
      LMAXMIX: 4,
      IBRION: 2,
      ISIF: 2,
      NSW: 200,
      POTIM: 0.3,
      EDIFFG: -0.01,
      ISPIN: 2,
      MAGMOM: slab.sites.map(({ element }) => (element === 'Mn' ? 4 : 0)),
      NWRITE: 2,
      LORBIT: 11,
      LWAVE: true,
      LCHARG: false,
    })
  })

  it('states functional, mesh, electrons and the kernel file it needs', () => {
    // 48 × 3 + 23 × 13 + 3 + 72 × 6
    expect(input).toMatchObject({
      functional: 'optB86b-vdW+U',
      electronCount: 878,
      needsVdwKernel: true,
      notes: [],
    })
    expect(input.kMesh.mesh).toEqual([3, 3, 1])
  })

  it('finds the vacuum in the structure: one k-point across it, and a full mesh for bulk', () => {
    const bulk: Structure = {
      ...slab,
      lattice: [
        [4.937, 0, 0],
        [0, 8.532, 0],
        [-1.676, 0, 4.743],
      ],
    }

    expect(
      prepareRelax(defaultRelaxSettings, {
        ...slab,
        lattice: [slab.lattice[0], slab.lattice[1], [0, 0, 22.3]],
      }).kMesh.mesh,
    ).toEqual([3, 3, 1])
    expect(prepareRelax(defaultRelaxSettings, bulk).kMesh.mesh).toEqual([6, 3, 6])
  })

  it('leaves every tag of +U out when the switch is off, and keeps the mixing of d electrons', () => {
    const { incar, functional } = prepareRelax({ ...defaultRelaxSettings, useU: false }, slab)

    expect(Object.keys(incar).filter((tag) => tag.startsWith('LDAU'))).toEqual([])
    expect([incar.LMAXMIX, functional]).toEqual([4, 'optB86b-vdW'])
  })

  it('puts U on the species as they are written, also when an element comes in two blocks', () => {
    const sites = [...atoms('Mn', 2, 4), ...atoms('O', 4), ...atoms('Mn', 1, -4)]
    const { incar, potcars } = prepareRelax(defaultRelaxSettings, { ...slab, sites })

    expect(incar.LDAUU).toEqual([4.5, 0, 4.5])
    expect(incar.MAGMOM).toEqual([4, 4, 0, 0, 0, 0, -4])
    expect(potcars.map(({ symbol }) => symbol)).toEqual(['Mn_pv', 'O', 'Mn_pv'])
  })

  it('asks for 650 eV when the cell relaxes with Li_sv', () => {
    expect(prepareRelax({ ...defaultRelaxSettings, isif: 3 }, slab).notes.join()).toContain(
      'Li_sv asks for 649 eV',
    )
  })
})

describe('the static run', () => {
  const kept = prepareStatic(defaultStaticSettings, slab, { wavecarKept: true })

  it('is PBE+U with charge output and without a trace of the relaxation', () => {
    expect(kept.incar).toMatchObject({
      GGA: 'PE',
      LDAU: true,
      NSW: 0,
      IBRION: -1,
      EDIFF: 1e-6,
      LASPH: true,
      LMAXMIX: 4,
      LREAL: false,
      LAECHG: true,
      LCHARG: true,
      LVHAR: true,
      LORBIT: 11,
      LWAVE: false,
      NELM: 200,
    })
    for (const tag of ['AGGAC', 'LUSE_VDW', 'PARAM1', 'PARAM2', 'EDIFFG', 'POTIM', 'IDIPOL'])
      expect(kept.incar).not.toHaveProperty(tag)
    expect(kept).toMatchObject({ functional: 'PBE+U', needsVdwKernel: false })
  })

  it('starts from the orbitals when they were kept, else from the final moments', () => {
    const finalMomentsMuB = slab.sites.map(({ element }) => (element === 'Mn' ? 3.0871 : 0.012))
    const scratch = prepareStatic(defaultStaticSettings, slab, { wavecarKept: false, finalMomentsMuB })

    expect(kept.incar).toMatchObject({ ISTART: 1, ICHARG: 0 })
    expect(scratch.incar).toMatchObject({ ISTART: 0, ICHARG: 2 })
    expect((scratch.incar.MAGMOM as number[]).slice(47, 49)).toEqual([0.012, 3.087])
  })

  it('has the same symmetry setting as the relaxation, without which WAVECAR has other k-points', () => {
    expect(kept.incar.ISYM).toBe(prepareRelax(defaultRelaxSettings, slab).incar.ISYM)
  })

  it('corrects the dipole about the centre of a slab that is doped on one face', () => {
    const sites = [0.95, 0.05].map((height): Site => ({
      element: 'Mn',
      fractional: [0, 0, height],
      magneticMomentMuB: 3,
    }))
    const { incar } = prepareStatic(
      { ...defaultStaticSettings, dipoleCorrection: true },
      { ...slab, sites },
      unrelaxed,
    )

    // The slab crosses the cell boundary: its centre is at 0, not at 0.5.
    expect(incar).toMatchObject({ IDIPOL: 3, LDIPOL: true, DIPOL: [0.5, 0.5, 0] })
  })
})

describe('what the user sets', () => {
  it('comes last, stands apart, and is told', () => {
    const overrides = { encut: 600, MAGMOM: '24*5 120*0', NCORE: 4 }
    const input = prepareRelax({ ...defaultRelaxSettings, overrides }, slab)

    expect(input.incar).toMatchObject({ ENCUT: 600, NCORE: 4 })
    expect(input.incarGroups.electronic).not.toHaveProperty('ENCUT')
    expect(input.incarGroups.user).toHaveProperty('MAGMOM.length', 144)
    expect(input.notes[0]).toBe('ENCUT = 600 is set by the user instead of 520.')
  })

  it('is refused when it is of the wrong kind, and doubted when no such tag is known', () => {
    expect(() => prepareRelax({ ...defaultRelaxSettings, overrides: { NSW: 'many' } }, slab)).toThrow(
      OverrideError,
    )
    expect(() => prepareRelax({ ...defaultRelaxSettings, overrides: { NSW: true } }, slab)).toThrow(
      OverrideError,
    )
    expect(prepareRelax({ ...defaultRelaxSettings, overrides: { ENCUTT: 1 } }, slab).notes[0]).toContain(
      'perhaps ENCUT',
    )
  })
})

describe('inputFiles', () => {
  const inputs: [string, VaspInput][] = [
    ...methodNames.map((method): [string, VaspInput] => [
      method,
      prepareRelax({ ...defaultRelaxSettings, method }, slab),
    ]),
    [
      'static',
      prepareStatic({ ...defaultStaticSettings, dipoleCorrection: true }, slab, { wavecarKept: true }),
    ],
  ]

  it.each(inputs)('writes files that read back identically: %s', async (_, input) => {
    const files = new Map((await inputFiles(input, render)).map(({ path, content }) => [path, content]))

    const incar = readIncar(files.get('INCAR') ?? '')
    expect(incar.incar).toEqual(input.incar)
    expect([incar.duplicates, incar.unreadable, incar.remarks]).toEqual([[], [], []])
    expect(readKpoints(files.get('KPOINTS') ?? '')).toMatchObject({
      centre: 'gamma',
      mesh: input.kMesh.mesh,
      shift: [0, 0, 0],
    })
    expect(readPotcarSpec(files.get('POTCAR.spec') ?? '')).toEqual(input.potcars)
    const poscar = readPoscar(files.get('POSCAR') ?? '').structure
    expect(poscar.sites.map(({ element, fractional }) => [element, fractional])).toEqual(
      slab.sites.map(({ element, fractional }) => [element, fractional.map((x) => Number(x.toFixed(16)))]),
    )
  })

  it('keeps the parts of an INCAR apart and says what each tag is for', async () => {
    const [incar] = await inputFiles(prepareRelax(defaultRelaxSettings, slab), render)

    expect(incar?.content).toContain(
      '\n# On-site term; one number for each species of POSCAR: Li Mn B O\nLDAU     = .TRUE.\n',
    )
    expect(incar?.content).toContain('\nEDIFF    = 1E-6       # eV for the whole cell\n')
    expect(incar?.content).toContain('\nMAGMOM   = 48*0 23*4 73*0   # mu_B, POSCAR order\n')
    expect(incar?.content).not.toMatch(/\n\n\n|&[a-z]+;|Slab whose/)
  })

  it('refuses a template that says something else than the plan', async () => {
    const input = prepareRelax(defaultRelaxSettings, slab)
    const changed: RenderTemplate = async (name, values) => (await render(name, values)).replace('520', '400')

    await expect(inputFiles(input, changed)).rejects.toThrow(TemplateContradictsPlanError)
    await expect(inputFiles(input, changed)).rejects.toThrow(/ENCUT is 400, planned 520/)
  })

  it('lets a template add tags, NCORE for instance', async () => {
    const input = prepareRelax(defaultRelaxSettings, slab)
    const added: RenderTemplate = async (name, values) =>
      (await render(name, values)) + (name.includes('INCAR') ? 'NCORE = 4\n' : '')

    expect(await inputFiles(input, added)).toHaveLength(4)
  })
})
