import { describe, expect, it } from 'vitest'
import { gridsNoLongerNeeded } from '../../../src/workflow/disk/grids-no-longer-needed.ts'

describe('grids of a static step that nothing needs any more', () => {
  it('are none before anything was taken from them', () => {
    expect(gridsNoLongerNeeded({ hasCharges: false, hasPlanarPotential: false, hasPlanes: true })).toEqual([])
  })

  it('are the core densities with the charges, CHGCAR with charges and planes, LOCPOT with its planar average', () => {
    expect(gridsNoLongerNeeded({ hasCharges: true, hasPlanarPotential: false, hasPlanes: false })).toEqual(['AECCAR0', 'AECCAR1', 'AECCAR2', 'CHG'])
    expect(gridsNoLongerNeeded({ hasCharges: true, hasPlanarPotential: false, hasPlanes: true })).toContain('CHGCAR')
    expect(gridsNoLongerNeeded({ hasCharges: false, hasPlanarPotential: true, hasPlanes: false })).toEqual(['LOCPOT'])
  })

  it('never hold ELFCAR or orbitals', () => {
    const all = gridsNoLongerNeeded({ hasCharges: true, hasPlanarPotential: true, hasPlanes: true })

    expect(all).not.toContain('ELFCAR')
    expect(all).not.toContain('WAVECAR')
  })
})
