import { describe, expect, it } from 'vitest'
import { calculationStates, canMove, finalStates, movesFrom } from '../../src/workflow/calculation-state.ts'

describe('the states of a calculation', () => {
  it('lead from planned to done', () => {
    const path = ['planned', 'ready', 'staged', 'submitting', 'queued', 'running', 'ended', 'collected', 'done'] as const

    path.slice(1).forEach((to, i) => expect(canMove(path[i] ?? 'planned', to), `${path[i]} → ${to}`).toBe(true))
  })

  it('never lead from the middle of a run to done without a look at the files', () => {
    expect(calculationStates.filter((state) => canMove(state, 'done'))).toEqual(['collected'])
  })

  it('can all be left again by a person, or are done', () => {
    expect(finalStates.filter((state) => movesFrom(state).length === 0)).toEqual([])
  })
})
