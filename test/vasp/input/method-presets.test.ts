import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../../src/base/known-error.ts'
import { HubbardElementError, hubbardTags, lmaxmixTag } from '../../../src/vasp/input/hubbard.ts'
import { publishedHubbardValues } from '../../../src/vasp/input/hubbard-data.ts'
import { incarTagKinds } from '../../../src/vasp/input/incar-tags-data.ts'
import { readIncar, writeIncar } from '../../../src/vasp/input/incar.ts'
import { lintInputs } from '../../../src/vasp/input/lint/lint-rules.ts'
import { methodPreset, methodPresets, MethodUnknownError } from '../../../src/vasp/input/method-presets.ts'
import { massCentreC } from '../../../src/vasp/input/slab-dipole.ts'

describe('the method presets', () => {
  it('has optB86b-vdW as the VASP manual prints it', () => {
    expect(methodPreset('optb86b-vdw').tags).toEqual({
      GGA: 'MK',
      PARAM1: 0.1234,
      PARAM2: 1,
      AGGAC: 0,
      LUSE_VDW: true,
      LASPH: true,
    })
  })

  it.each(methodPresets.map((preset) => [preset.name, preset] as const))(
    '%s is consistent and has a source',
    (_, preset) => {
      expect(lintInputs({ incar: readIncar(writeIncar({ ISMEAR: 0, ...preset.tags })) })).toEqual([])
      expect(preset.sources.length).toBeGreaterThan(0)
      for (const tag of Object.keys(preset.tags)) expect(incarTagKinds.has(tag), tag).toBe(true)
      expect(preset.tags).not.toHaveProperty('IVDW_NL')
      expect(preset.tags).not.toHaveProperty('LSPIN_VDW')
    },
  )

  it('needs the kernel file for the functionals of Dion and successors only', () => {
    const names = methodPresets.filter(({ needsVdwKernel }) => needsVdwKernel).map(({ name }) => name)

    expect(names).toEqual(['optb86b-vdw', 'optpbe-vdw', 'rev-vdw-df2'])
  })

  it('answers an unknown name with the nearest one', () => {
    expect(() => methodPreset('optb86-vdw')).toThrow(MethodUnknownError)
    try {
      methodPreset('optb86-vdw')
    } catch (error) {
      expect(isKnownError(error) && error.remedy).toContain('Did you mean optb86b-vdw?')
    }
  })
})

describe('the on-site terms', () => {
  const blocks = (...elements: string[]) => elements.map((element) => ({ element, count: 1 }))

  it('follow the species as written, with f shells for lanthanides', () => {
    expect(hubbardTags(blocks('O', 'Ce', 'Mn'), { Mn: 4.5, Ce: 5, Co: 3.3 })).toMatchObject({
      LDAUL: [-1, 3, 2],
      LDAUU: [0, 5, 4.5],
      LDAUJ: [0, 0, 0],
    })
  })

  it('need a species to act on, and one with a d or f shell', () => {
    expect(hubbardTags(blocks('Al', 'O'), { Mn: 4.5 })).toEqual({})
    expect(() => hubbardTags(blocks('Al', 'O'), { O: 4 })).toThrow(HubbardElementError)
  })

  it('set the reach of the charge mixer', () => {
    const reach = (...elements: string[]) => lmaxmixTag(blocks(...elements)).LMAXMIX

    expect([reach('Li', 'O'), reach('Mn', 'O'), reach('Zr', 'O'), reach('Ce', 'Mn')]).toEqual([
      undefined,
      4,
      4,
      6,
    ])
  })

  it('are published with 4.5 eV in the paper and 3.9 eV by the Materials Project for Mn', () => {
    expect(publishedHubbardValues('Mn').map(({ effectiveUEv }) => effectiveUEv)).toEqual([4.5, 3.9])
  })
})

describe('the centre of a slab', () => {
  const at = (...heights: number[]) => ({
    comment: '',
    lattice: [
      [5, 0, 0],
      [0, 5, 0],
      [0, 0, 20],
    ] as const,
    sites: heights.map((z) => ({ element: 'O', fractional: [0, 0, z] as const })),
  })

  it('is that of its atoms, also when the slab crosses the cell boundary or coordinates leave the cell', () => {
    expect(massCentreC(at(0.4, 0.5, 0.6))).toBeCloseTo(0.5, 10)
    expect(massCentreC(at(0.85, 0.95, 0.05))).toBeCloseTo(0.95, 10)
    expect(massCentreC(at(-0.15, 0.95, 1.05))).toBeCloseTo(0.95, 10)
  })
})
