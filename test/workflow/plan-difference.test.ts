import { describe, expect, it } from 'vitest'
import type { CalculationState } from '../../src/workflow/calculation-state.ts'
import { changedWords } from '../../src/workflow/plan-content.ts'
import { planDifference, type StandingCalculation } from '../../src/workflow/plan-difference.ts'
import type { PlannedCalculation } from '../../src/workflow/planned-calculation.ts'
import { mgoPlan } from '../contracts/store-fixtures.ts'

const relax = (candidate = 'pristine', encutEv = 520): PlannedCalculation => {
  const plan = mgoPlan('mgo', candidate)
  return { ...plan, settings: { ...plan.settings, encutEv } }
}

const fixedStart = { removedLabels: [], rattleAngstrom: 0, seed: '' }

const stat = (candidate = 'pristine', encutEv = 520): PlannedCalculation => ({
  ...relax(candidate, encutEv),
  id: `mgo/${candidate}/static`,
  step: 'static',
  folder: `mgo/${candidate}/static`,
  dependsOn: [`mgo/${candidate}/relax`],
  start: { kind: 'relaxed', from: `mgo/${candidate}/relax`, ...fixedStart },
})

const standing = (plan: PlannedCalculation, state: CalculationState, attempt = state === 'planned' ? 0 : 1): StandingCalculation => ({
  id: plan.id,
  candidateId: plan.candidateId,
  step: plan.step,
  state,
  revision: 3,
  attempt,
  obsoleteSince: null,
  plan,
  coreHours: attempt * 16,
})

describe('a screen that was edited', () => {
  it('keeps everything when only words for people changed', () => {
    const before = [standing(relax(), 'done'), standing(stat(), 'running')]
    const after = [relax(), stat()].map((plan) => ({ ...plan, notes: ['said otherwise'], functional: 'PBE, said otherwise' }))

    const difference = planDifference({ calculations: after }, before)

    expect(difference.kept.map(({ id }) => id)).toEqual(['mgo/pristine/relax', 'mgo/pristine/static'])
    expect([difference.added, difference.obsolete, difference.replaced]).toEqual([[], [], []])
    expect(difference.lostCoreHours).toBe(0)
  })

  it('adds a new member beside those that are done', () => {
    const difference = planDifference({ calculations: [relax(), relax('b-on-mg')] }, [standing(relax(), 'done')])

    expect(difference.added.map(({ id }) => id)).toEqual(['mgo/b-on-mg/relax'])
    expect(difference.kept).toHaveLength(1)
    expect(difference.obsolete).toEqual([])
  })

  it('gives what changed after its start a new id and folder, and what starts from it too', () => {
    const before = [standing(relax(), 'done'), standing(stat(), 'done')]

    const { added, obsolete, lostCoreHours, calculationIds } = planDifference({ calculations: [relax('pristine', 600), stat()] }, before)

    expect(added.map(({ id, folder }) => [id, folder])).toEqual([
      ['mgo/pristine/relax~2', 'mgo/pristine/relax~2'],
      ['mgo/pristine/static~2', 'mgo/pristine/static~2'],
    ])
    expect(added[1]).toMatchObject({ dependsOn: ['mgo/pristine/relax~2'], start: { from: 'mgo/pristine/relax~2' } })
    expect(obsolete.map(({ calculation, reason }) => [calculation.id, reason])).toEqual([
      ['mgo/pristine/relax', 'its inputs changed'],
      ['mgo/pristine/static', 'its inputs changed'],
    ])
    expect(lostCoreHours).toBe(32)
    expect(calculationIds).toEqual(['mgo/pristine/relax~2', 'mgo/pristine/static~2'])
  })

  it('replaces the plan of what has not started, which costs nothing', () => {
    const before = [standing(relax(), 'done'), standing(stat(), 'planned')]

    const { replaced, kept, added, obsolete, lostCoreHours } = planDifference({ calculations: [relax(), stat('pristine', 600)] }, before)

    expect(replaced.map(({ after }) => after.id)).toEqual(['mgo/pristine/static'])
    expect(kept.map(({ id }) => id)).toEqual(['mgo/pristine/relax'])
    expect([added, obsolete, lostCoreHours]).toEqual([[], [], 0])
  })

  it('names what runs with inputs that are no longer asked for', () => {
    const states: readonly CalculationState[] = ['queued', 'running', 'submit-unknown', 'ended']

    for (const state of states) {
      const { running } = planDifference({ calculations: [relax('pristine', 600)] }, [standing(relax(), state)])
      expect(running.map(({ id }) => id), state).toEqual(['mgo/pristine/relax'])
    }
    expect(planDifference({ calculations: [relax('pristine', 600)] }, [standing(relax(), 'failed')]).running).toEqual([])
  })

  it('takes up a finished result again when the edit is undone', () => {
    const old = { ...standing(relax(), 'done'), obsoleteSince: '2026-11-22T10:00:00.000Z' }
    const second = { ...relax('pristine', 600), id: 'mgo/pristine/relax~2' }

    const undone = planDifference({ calculations: [relax()] }, [old, standing(second, 'done')])
    const third = planDifference({ calculations: [relax('pristine', 700)] }, [old, standing(second, 'done')])

    expect(undone.revived.map(({ id }) => id)).toEqual(['mgo/pristine/relax'])
    expect(undone.obsolete.map(({ calculation }) => calculation.id)).toEqual(['mgo/pristine/relax~2'])
    expect(undone.calculationIds).toEqual(['mgo/pristine/relax'])
    expect(third.added.map(({ id }) => id)).toEqual(['mgo/pristine/relax~3'])
  })

  it('marks a member that was left out', () => {
    const before = [standing(relax(), 'done'), standing(relax('b-on-mg'), 'done')]

    const { obsolete, kept } = planDifference({ calculations: [relax()] }, before)

    expect(obsolete.map(({ calculation: { id }, reason }) => [id, reason])).toEqual([
      ['mgo/b-on-mg/relax', 'the screen no longer asks for it'],
    ])
    expect(kept).toHaveLength(1)
  })

  it('says which setting changed, in words', () => {
    expect(changedWords(relax(), relax('pristine', 600))).toEqual(['encutEv 520 → 600'])
    expect(changedWords(relax(), { ...relax(), kMesh: [4, 4, 4] })).toEqual(['mesh 6×6×6 → 4×4×4'])
    expect(changedWords(stat(), { ...stat(), start: { kind: 'relaxed', from: 'mgo/pristine/relax~2', ...fixedStart } })).toEqual([
      'starts from mgo/pristine/relax~2',
    ])
  })
})
