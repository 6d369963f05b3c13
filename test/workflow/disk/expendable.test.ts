import { describe, expect, it } from 'vitest'
import { expendableFiles, type DiskHolder } from '../../../src/workflow/disk/expendable.ts'
import { largeFiles } from '../../../src/workflow/disk/large-files.ts'

const relax: DiskHolder = { id: 'a/relax', state: 'done', isStatic: false, keep: undefined, hasCharges: false, hasPlanarPotential: false, dependents: ['done'] }
const charges: DiskHolder = { id: 'a/static', state: 'done', isStatic: true, keep: undefined, hasCharges: true, hasPlanarPotential: true, dependents: [] }

describe('large files that nobody needs', () => {
  it('are the orbitals of a relaxation as soon as everything after it is done', () => {
    expect(expendableFiles(relax, 'engine')).toContain('WAVECAR')
  })

  it.each(['planned', 'ready', 'running', 'submit-unknown', 'failed', 'cancelled', 'paused', 'blocked'] as const)(
    'are never orbitals that a calculation in state %s starts from',
    (state) => {
      expect(expendableFiles({ ...relax, dependents: ['done', state] }, 'engine')).not.toContain('WAVECAR')
      expect(expendableFiles({ ...relax, dependents: ['done', state] }, 'person')).not.toContain('WAVECAR')
    },
  )

  it.each(['planned', 'running', 'failed', 'collected', 'ended'] as const)('are none of a calculation that is %s', (state) => {
    expect(expendableFiles({ ...charges, state }, 'person')).toEqual([])
  })

  it('are the parts of a partition as soon as the charges are in the store, and the potential as its average is; the density stays for figures', () => {
    expect(expendableFiles(charges, 'engine')).toEqual(['AECCAR0', 'AECCAR1', 'AECCAR2', 'CHG', 'LOCPOT'])
    expect(expendableFiles({ ...charges, hasPlanarPotential: false }, 'engine')).toEqual(['AECCAR0', 'AECCAR1', 'AECCAR2', 'CHG'])
    expect(expendableFiles({ ...charges, hasCharges: false }, 'engine')).toEqual(['LOCPOT'])
    expect(expendableFiles({ ...charges, hasCharges: false }, 'person')).toEqual(['WAVECAR'])
  })

  it('are all of them when a person cleans, and the orbitals of a last step then only', () => {
    expect(expendableFiles(charges, 'person')).toEqual([...largeFiles])
    expect(expendableFiles({ ...relax, dependents: [] }, 'engine')).not.toContain('WAVECAR')
    expect(expendableFiles({ ...relax, dependents: [] }, 'person')).toContain('WAVECAR')
  })

  it('are not those that the screen keeps', () => {
    expect(expendableFiles({ ...charges, keep: ['CHGCAR', 'AECCAR0'] }, 'engine')).toEqual(['AECCAR1', 'AECCAR2', 'CHG', 'LOCPOT', 'ELFCAR'])
    expect(expendableFiles({ ...charges, keep: ['CHGCAR', 'AECCAR0'] }, 'person')).not.toContain('CHGCAR')
    expect(expendableFiles({ ...charges, keep: 'all' }, 'person')).toEqual([])
    expect(expendableFiles({ ...relax, keep: ['WAVECAR'] }, 'engine')).not.toContain('WAVECAR')
  })
})
