import { describe, expect, it } from 'vitest'
import { canReadOrbitals } from '../../../src/workflow/steps/reads-orbitals.ts'
import { defaultRelaxSettings, defaultStaticSettings } from '../../../src/workflow/steps/step-kind.ts'

const relax = { kMesh: [2, 2, 1], electronCount: 816, settings: defaultRelaxSettings } as const
const single = { kMesh: [2, 2, 1], electronCount: 816, settings: defaultStaticSettings } as const

describe('the orbitals of a relaxation', () => {
  it('are read by a static run of another functional and cutoff on the same mesh', () => {
    expect(canReadOrbitals(relax, single)).toBe(true)
    expect(canReadOrbitals(relax, { ...single, settings: { ...single.settings, encutEv: 600 } })).toBe(true)
  })

  it.each([
    ['another mesh', { ...single, kMesh: [4, 4, 1] as const }],
    ['another number of electrons, and with it of bands', { ...single, electronCount: 815 }],
    ['bands of its own', { ...single, settings: { ...single.settings, overrides: { NBANDS: 640 } } }],
    ['another symmetry', { ...single, settings: { ...single.settings, isym: -1 as const } }],
    ['spin–orbit coupling', { ...single, settings: { ...single.settings, overrides: { LSORBIT: true } } }],
  ])('are not read with %s', (_, after) => {
    expect(canReadOrbitals(relax, after)).toBe(false)
  })
})
