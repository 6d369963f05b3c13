import { describe, expect, it } from 'vitest'
import { keptResult } from '../../src/workflow/kept-result.ts'
import { originWords } from '../../src/workflow/partition-origin.ts'

describe('a result that an earlier version kept', () => {
  const structure = { comment: '', lattice: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], sites: [] } // prettier-ignore
  const charges = { electrons: [1.2], minDistanceAngstrom: [0.9], volumeAngstrom3: [null], vacuumElectrons: 0, electronCount: 1.2, gridSpacingAngstrom: null }
  const earlier = { step: 'static', method: 'dft', runState: 'finished', structure, zval: { Li: 1 }, bader: charges, baderMissing: null }

  it('says that its partition was not recorded, and claims nothing of its settings', () => {
    const kept = keptResult({ result: earlier })

    expect(originWords(kept.bader!.partition)).toBe('not recorded')
    expect(kept.bader!.partition.hasReference).toBe(false)
    expect(kept).toMatchObject({ settings: null, diagnoses: [], flags: [], structure })
  })

  it('keeps what it has, and stays absent where there is none', () => {
    const partition = { program: 'bader 1.05', method: 'near-grid', hasReference: true }

    expect(keptResult({ result: { ...earlier, bader: { ...charges, partition }, flags: ['imported'] } })).toMatchObject({ bader: { partition }, flags: ['imported'] })
    expect(keptResult({ result: { ...earlier, bader: null } }).bader).toBeNull()
    expect(keptResult(undefined)).toBeUndefined()
  })
})
