import { describe, expect, it } from 'vitest'
import { judgeConvergence, type Convergence } from '../../../../src/vasp/output/outcar/convergence.ts'
import { createOutcarReader } from '../../../../src/vasp/output/outcar/read-outcar.ts'
import type { Mobility } from '../../../../src/vasp/output/outcar/forces.ts'
import { ascii } from '../../../../src/vasp/output/text/bytes.ts'
import { ediffNotReached, outcarText, relaxed, type Fixture } from './outcar-fixture.ts'

function judged(fixture: Fixture, mobile?: Mobility): Convergence {
  const reader = createOutcarReader(mobile === undefined ? {} : { mobile })
  reader.push(ascii(outcarText(fixture)))
  return reader.finish().converged
}

const step = { totenEv: -14.75, forceX: 0.008 }

describe('the electronic loop', () => {
  it('missed when it used up NELM with a change above EDIFF, whatever VASP 5 prints', () => {
    expect(judged({ nelm: 2, steps: [{ ...step, changesEv: [-1, -0.004] }] }).electronic).toBe(false)
  })

  it('converged when the change fell below EDIFF exactly at NELM', () => {
    expect(judged({ nelm: 2, steps: [{ ...step, changesEv: [-1, -4e-7] }] }).electronic).toBe(true)
  })

  it('missed when VASP 6 says that EDIFF was not reached', () => {
    expect(judged({ nelm: 60, steps: [{ ...step, changesEv: [-1], loopEnd: ediffNotReached }] }).electronic).toBe(false)
  })

  it('is judged for the last step; earlier misses are counted', () => {
    const missed = { ...step, changesEv: [-1, -0.5] }
    const converged = { ...step, changesEv: [-1e-7] }

    expect(judged({ nelm: 2, steps: [missed, missed, converged] })).toMatchObject({ electronic: true, earlierElectronicMisses: 2 })
  })

  it('cannot be judged when ALGO = Exact diagonalises once', () => {
    const empty = { steps: [], ending: { reachedRequiredAccuracy: false, stopped: undefined }, hasTimingBlock: true, incar: {} }

    expect(judgeConvergence({ ...empty, settings: { NELM: 1, IALGO: 90, EDIFF: 1e-6 } }).electronic).toBeNull()
  })
})

describe('the relaxation of ions', () => {
  it('has nothing to say for NSW = 0', () => {
    expect(judged({ nsw: 0, steps: [{ ...step, changesEv: [-1, -1e-7] }] }).ionic).toBeNull()
  })

  it('is not converged because it took fewer steps than NSW', () => {
    expect(judged({ nsw: 50, steps: [{ ...step, forceX: 0.4, changesEv: [-1, -1e-7] }] }).ionic).toBe(false)
  })

  it('is converged by small forces when VASP had no step left to look at them', () => {
    expect(judged({ nsw: 1, steps: [{ ...step, changesEv: [-1, -1e-7] }] })).toMatchObject({ ionic: true, ionicByForces: true })
  })

  it('leaves a large force open while it is unknown which ions are frozen', () => {
    const large = { ...relaxed, steps: [{ ...step, forceX: 0.3, changesEv: [-1e-7] }] }
    const frozen: Mobility = [[false, false, false], [false, true, true], undefined]

    expect(judged(large)).toMatchObject({ ionic: true, ionicByForces: null, frozenMask: 'unknown' })
    expect(judged(large, frozen)).toMatchObject({ ionic: true, ionicByForces: true, frozenMask: 'given' })
    expect(judged(large, [undefined, undefined, undefined])).toMatchObject({ ionic: false, ionicByForces: false, frozenMask: 'given' })
  })
})
