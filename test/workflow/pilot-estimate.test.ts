import { describe, expect, it } from 'vitest'
import { pilotEstimate } from '../../src/workflow/pilot-estimate.ts'

const plan = (step: string, electronCount: number, kMesh: readonly [number, number, number]) => ({ step, electronCount, kMesh })

describe('core-hours after a pilot', () => {
  const pilot = [
    { plan: plan('relax', 400, [3, 3, 1]), coreHours: 100 },
    { plan: plan('static', 400, [3, 3, 1]), coreHours: 10 },
  ]

  it('are those of the pilot for a member of the same size', () => {
    const { steps, coreHours } = pilotEstimate(pilot, [plan('relax', 400, [3, 3, 1]), plan('static', 400, [3, 3, 1])])

    expect(steps).toEqual([
      { step: 'relax', count: 1, coreHours: 100 },
      { step: 'static', count: 1, coreHours: 10 },
    ])
    expect(coreHours).toBe(110)
  })

  it('grow with the mesh in proportion and with the electrons to the power 2.5', () => {
    expect(pilotEstimate(pilot, [plan('relax', 400, [6, 6, 1])]).coreHours).toBe(400)
    // 4^2.5 = 32
    expect(pilotEstimate(pilot, [plan('relax', 1600, [3, 3, 1])]).coreHours).toBeCloseTo(3200, 8)
  })

  it('leave out and name a step that the pilot has not', () => {
    expect(pilotEstimate(pilot, [plan('dos', 400, [6, 6, 1])])).toEqual({ steps: [], coreHours: 0, unknownSteps: ['dos'] })
  })
})
