import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calculationStates, movesFrom } from '../../src/workflow/calculation-state.ts'

const page = readFileSync('docs/states.md', 'utf8')

describe('docs/states.md', () => {
  it('explains every state, and no other', () => {
    const explained = [...page.slice(0, page.indexOf('| From | To |')).matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, state]) => state)

    expect(explained.toSorted()).toEqual([...calculationStates].toSorted())
  })

  it('lists exactly the moves that the state machine has', () => {
    const rows = [...page.slice(page.indexOf('| From | To |')).matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)]
    const listed = rows.map(([, from = '', to = '']) => [from, [...to.matchAll(/`([a-z-]+)`/g)].map(([, word]) => word)])

    expect(listed).toEqual(calculationStates.map((state) => [state, movesFrom(state)]))
  })
})
