import { describe, expect, it } from 'vitest'
import type { Correction } from '../../../src/recovery/correction.ts'
import { set, unset } from '../../../src/recovery/changes.ts'
import { correctInput } from '../../../src/workflow/steps/correct-input.ts'
import { prepareRelax } from '../../../src/workflow/steps/relax.ts'
import { canShareOtherwise, layoutOf, shareWork } from '../../../src/workflow/steps/share-work.ts'
import { defaultRelaxSettings } from '../../../src/workflow/steps/step-kind.ts'

/** Rock-salt MgO, a = 4.21 Å. */
const magnesia = {
  comment: 'MgO',
  lattice: [[4.21, 0, 0], [0, 4.21, 0], [0, 0, 4.21]],
  sites: [
    ...[[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]].map((at) => ({ element: 'Mg', fractional: at as [number, number, number] })),
    ...[[0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5], [0.5, 0.5, 0.5]].map((at) => ({ element: 'O', fractional: at as [number, number, number] })),
  ],
} as const

function correction(changes: Correction['changes']): Correction {
  return { symptom: 'nelm', ladderStep: 1, cap: 1, class: 'numerics', changes, reason: 'a reason', source: 'a source' }
}

const planned = prepareRelax({ ...defaultRelaxSettings, hubbardU: {} }, magnesia)

describe('the inputs of an attempt that is corrected', () => {
  it('are the planned ones when nothing was corrected', () => {
    expect(correctInput(planned, [])).toBe(planned)
  })

  it('hold each corrected tag once, in a part of its own, and the last correction wins', () => {
    const { incar, incarGroups } = correctInput(planned, [
      correction(set({ ALGO: 'All', AMIX: 0.2 })),
      correction(set({ ALGO: 'Damped' })),
      correction(unset('AMIX')),
    ])

    expect(incar['ALGO']).toBe('Damped')
    expect(incar).not.toHaveProperty('AMIX')
    expect(incarGroups.corrected).toEqual({ ALGO: 'Damped' })
    expect(incarGroups.electronic).not.toHaveProperty('ALGO')
    expect(incar['ENCUT']).toBe(planned.incar['ENCUT'])
  })

  it('ask for the steps that remain, and read orbitals that were kept', () => {
    const { incar } = correctInput(planned, [], { remainingSteps: 37, readsOrbitals: true })

    expect(incar).toMatchObject({ NSW: 37, ISTART: 1, ICHARG: 0 })
  })
})

describe('the layout of the ranks', () => {
  const ranks = { nodes: 1, ranksPerNode: 32 }

  it('stays out of the INCAR of a single rank', () => {
    expect(shareWork(planned, layoutOf(planned, { nodes: 1, ranksPerNode: 1 }, []))).toBe(planned)
  })

  it('divides the ranks by KPAR and NCORE', () => {
    const { KPAR, NCORE } = shareWork(planned, layoutOf(planned, ranks, [])).incar as { KPAR: number; NCORE: number }

    expect(32 % (KPAR * NCORE)).toBe(0)
  })

  it('gives a job that ran out of memory one group of k-points, then fewer ranks', () => {
    const lessMemory = [correction([{ kind: 'layout', change: 'kpar-1' }]), correction([{ kind: 'layout', change: 'halve-ranks-per-node' }])]

    const layout = layoutOf(planned, ranks, lessMemory)

    expect(layout).toMatchObject({ nodes: 1, ranksPerNode: 16, KPAR: 1 })
    expect(shareWork(planned, layout).incar['KPAR']).toBe(1)
    expect(canShareOtherwise(planned, ranks, lessMemory, 'kpar-1')).toBe(false)
    expect(canShareOtherwise(planned, ranks, lessMemory, 'halve-ranks-per-node')).toBe(true)
  })

  it('keeps what the user set, until a correction needs otherwise', () => {
    const byUser = prepareRelax({ ...defaultRelaxSettings, hubbardU: {}, overrides: { KPAR: 4, NCORE: 2 } }, magnesia)

    const kept = shareWork(byUser, layoutOf(byUser, ranks, []))
    const corrected = shareWork(byUser, layoutOf(byUser, ranks, [correction([{ kind: 'layout', change: 'kpar-1' }])]))

    expect(kept.incar).toMatchObject({ KPAR: 4, NCORE: 2 })
    expect(corrected.incar).toMatchObject({ KPAR: 1, NCORE: 2 })
    expect(corrected.incarGroups.user).not.toHaveProperty('KPAR')
  })
})
