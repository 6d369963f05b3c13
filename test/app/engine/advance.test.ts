import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance, advanceAfter } from '../../../src/app/engine/advance.ts'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import type { Store } from '../../../src/ports/store.ts'
import type { CalculationState } from '../../../src/workflow/calculation-state.ts'
import { mgoPlan } from '../../contracts/store-fixtures.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { openEngine, type EngineBed } from './engine-bed.ts'

const why = { actor: 'test', reason: 'a test' }

describe('after the end of a calculation', () => {
  let bed: EngineBed
  beforeAll(async () => {
    const folder = temporaryFolder()
    bed = await openEngine({ stateFolder: join(folder, '.dopant'), workFolder: join(folder, 'work'), home: folder })
  })
  afterAll(() => bed.close())

  const stateOf = async (id: string) => (await bed.parts.store.calculation(id))?.state

  it('what waits for it alone becomes ready, and no other calculation is read', async () => {
    const { store } = bed.parts
    await chain(store, 'first')
    for (let i = 0; i < 60; i++) await store.addCalculations(`other-${i}`, 'cluster', [mgoPlan(`other-${i}`, 'x', 'relax', ['nobody'])])
    await run(store, 'first/x/relax', ['ready', 'collected', 'done'])
    const read: string[] = []

    await advanceAfter(watched(bed.parts, read), ['first/x/relax'])

    expect(await stateOf('first/x/static')).toBe('ready')
    expect(await stateOf('first/x/dos')).toBe('planned')
    expect([...new Set(read)].sort()).toEqual(['first/x/relax', 'first/x/static'])
  })

  it('a failure blocks the whole chain behind it at once, and its success later frees the chain', async () => {
    const { store } = bed.parts
    await chain(store, 'second')
    await run(store, 'second/x/relax', ['failed'])

    await advanceAfter(bed.parts, ['second/x/relax'])
    expect([await stateOf('second/x/static'), await stateOf('second/x/dos')]).toEqual(['blocked', 'blocked'])

    await run(store, 'second/x/relax', ['ready', 'collected', 'done'])
    await advanceAfter(bed.parts, ['second/x/relax'])
    expect([await stateOf('second/x/static'), await stateOf('second/x/dos')]).toEqual(['ready', 'planned'])
  })

  it('the walk over everything comes to the same, page after page', async () => {
    const { store } = bed.parts
    const plans = Array.from({ length: 1_100 }, (_, i) => mgoPlan('walk', `c${i}`, 'relax'))
    await store.addCalculations('walk', 'cluster', plans)

    await advance(bed.parts)

    expect(await store.count({ screenName: 'walk', states: ['ready'] })).toBe(1_100)
  })
})

async function chain(store: Store, screen: string): Promise<void> {
  const ids = ['relax', 'static', 'dos'].map((step) => `${screen}/x/${step}`)
  const plans = (['relax', 'static', 'dos'] as const).map((step, i) => mgoPlan(screen, 'x', step, ids.slice(Math.max(0, i - 1), i)))
  await store.addCalculations(screen, 'cluster', plans)
}

async function run(store: Store, id: string, states: readonly CalculationState[]): Promise<void> {
  for (const to of states) {
    const calculation = await store.calculation(id)
    if (calculation !== undefined) await store.transition(calculation, to, why)
  }
}

function watched(parts: EngineParts, read: string[]): EngineParts {
  const summaries: Store['summaries'] = async (filter) => {
    const found = await parts.store.summaries(filter)
    read.push(...found.map(({ id }) => id))
    return found
  }
  return { ...parts, store: { ...parts.store, summaries } }
}
