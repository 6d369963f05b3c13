import { describe, expect, it } from 'vitest'
import type { Structure } from '../../../src/structure/structure.ts'
import type { Candidate } from '../../../src/workflow/candidate.ts'
import type { StepResult } from '../../../src/workflow/step-result.ts'
import { collectCandidate } from '../../../src/workflow/tables/collect-candidate.ts'

const slab: Structure = {
  comment: 'slab',
  lattice: [[8, 0, 0], [0, 8, 0], [0, 0, 20]],
  sites: [
    { element: 'Li', fractional: [0, 0, 0.2] }, { element: 'Mn', fractional: [0, 0.5, 0.2] },
    { element: 'B', fractional: [0.5, 0.5, 0.3] }, { element: 'O', fractional: [0.5, 0.5, 0.37] },
  ],
} // prettier-ignore

const candidate: Candidate = {
  id: 'b-on-mn1', series: 'Mn', dopant: 'B', site: { element: 'Mn', wyckoff: '4g', layer: 'TM-layer', place: 'surface', ionIndices: [3] },
  depthAngstrom: 0, compensation: 'none', delithiation: null, formula: 'LiMnBO', atomCount: 4, formalChargeBalance: -1,
  electronParity: 'even',
  oxidationStates: { Li: 1, Mn: 4, B: 3, O: -2 }, faces: 'one', frozenLayers: 'none', warnings: [],
} // prettier-ignore

const relax: StepResult = {
  step: 'relax', method: 'dft', vaspVersion: '6.4.2', runState: 'complete', electronicConverged: true, ionicConverged: true, ionicStepCount: 12,
  electronicMisses: 0, geometryFrom: 'CONTCAR', structure: slab, energies: { totenEv: -20, energyWithoutEntropyEv: -20, energySigmaToZeroEv: -20 },
  maxForceEvPerAngstrom: 0.009, momentsMuB: [0, 3, 0, 0], totalMomentMuB: 3, zval: { Li: 3, Mn: 13, B: 3, O: 6 }, bader: null,
  baderMissing: null, settings: null, elapsedSeconds: 10, diagnoses: [], flags: [],
} // prettier-ignore

const last: StepResult = {
  ...relax, step: 'static', ionicConverged: null, electronCount: 21.52, flags: ['moment of Mn2 changed'],
  bader: {
    partition: { program: 'dopant', method: 'near-grid', hasReference: true },
    electrons: [2.1, 11.2, 0.8, 7.4], minDistanceAngstrom: [0.8, 0.9, 0.5, 0.9], volumeAngstrom3: [3, 6, 2, null], vacuumElectrons: 0.02,
    electronCount: 21.5, gridSpacingAngstrom: 0.06,
  },
} // prettier-ignore

const collect = (change: Partial<Parameters<typeof collectCandidate>[0]> = {}) =>
  collectCandidate({ candidate, relax, static: last, method: 'dft', ...change })

describe('a candidate collected from the store', () => {
  it('says in words where the dopant sits', () => {
    expect(collect().site).toBe('Mn 4g, TM-layer, surface')
  })

  it('finds its dopant by element, because taking lithium out renumbers the ions', () => {
    expect(collect().dopantIndices).toEqual([2])
  })

  it('takes the numbers as written when the dopant is an element of the host', () => {
    expect(collect({ candidate: { ...candidate, dopant: 'C' } }).dopantIndices).toEqual([3])
  })

  it('sums the electrons itself, whatever ACF.dat says of itself', () => {
    const result = collect()

    expect(result.bader!.electronCount).toBeCloseTo(21.52, 10)
    expect(result.static!.electronCount).toBe(21.52)
    expect(result.bader!.atoms[3]).not.toHaveProperty('volumeAngstrom3')
  })

  it('has no charges when they do not add up to NELECT, or when nothing tells the valence electrons', () => {
    const lost = collect({ static: { ...last, electronCount: 25 } })
    const { B: _, ...zval } = last.zval

    expect(lost).not.toHaveProperty('bader')
    expect(lost.chargesMissing).toBe('the Bader charges add up to 21.52 electrons and the run has 25 (NELECT): charge is lost, or ACF.dat belongs to another run')
    expect(collect({ static: { ...last, electronCount: null } })).toHaveProperty('bader')
    expect(collect({ static: { ...last, zval } }).chargesMissing).toBe('OUTCAR does not say how many valence electrons B has (ZVAL)')
  })

  it('takes the starting structure only when it lists the same ions', () => {
    expect(collect({ initial: slab }).initial).toBe(slab)
    expect(collect({ initial: { ...slab, sites: slab.sites.slice(1) } })).not.toHaveProperty('initial')
  })

  it('has the method of its runs, or of its site before there are any', () => {
    expect(collect({ static: { ...last, method: 'rehearsal' } }).method).toBe('rehearsal')
    expect(collectCandidate({ candidate, method: 'rehearsal' }).method).toBe('rehearsal')
  })

  it('says why charges are missing', () => {
    const result = collect({ static: { ...last, bader: null, baderMissing: 'AECCAR0 was not written' } })

    expect(result).not.toHaveProperty('bader')
    expect(result.chargesMissing).toBe('AECCAR0 was not written')
    expect(result).not.toHaveProperty('pending')
  })

  it('flags ions whose moment changed by more than 0.3 μB between relaxation and static step', () => {
    const flipped = collect({ static: { ...last, momentsMuB: [0, 3.9, 0, 0.1] } })

    expect(flipped.flags).toContain('1 moment changed between steps')
    expect(collect({ static: { ...last, momentsMuB: [0, 3.2, 0, 0] } }).flags).toEqual(['moment of Mn2 changed'])
  })

  it('carries the flags of both steps once', () => {
    expect(collect({ relax: { ...relax, flags: ['moment of Mn2 changed', 'restarted'] } }).flags).toEqual([
      'moment of Mn2 changed',
      'restarted',
    ])
  })
})
