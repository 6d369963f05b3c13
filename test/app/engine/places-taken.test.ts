import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import { takePlace } from '../../../src/app/engine/places-taken.ts'
import { submit } from '../../../src/app/engine/submit.ts'
import { mgoPlan } from '../../contracts/store-fixtures.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { addReady, openEngine, relaxations, type EngineBed } from './engine-bed.ts'

const why = { actor: 'test', reason: 'a test' }

describe('places of a site with room for four jobs, asked for side by side', () => {
  let bed: EngineBed
  let parts: EngineParts
  beforeAll(async () => {
    const folder = temporaryFolder()
    bed = await openEngine({ stateFolder: join(folder, '.dopant'), workFolder: join(folder, 'work'), home: folder })
    const connection = bed.parts.sites.get('cluster')
    if (connection === undefined) throw new Error('the bed has no site')
    parts = { ...bed.parts, sites: new Map([['cluster', { ...connection, site: { ...connection.site, maxJobs: 4 } }]]) }
  })
  afterAll(() => bed.close())

  const ready = async (screen: string, count: number) => {
    await parts.store.addCalculations(screen, 'cluster', Array.from({ length: count }, (_, i) => mgoPlan(screen, `c${i}`)))
    const planned = await parts.store.calculations({ screenName: screen })
    return Promise.all(planned.map((each) => parts.store.transition(each, 'ready', why)))
  }

  it('are given to the first four that ask, and again when they are given back', async () => {
    const all = await ready('asks', 10)

    const first = await Promise.all(all.map((each) => takePlace(parts, each)))
    const none = await takePlace(parts, all[9] ?? never())
    first[1]?.()
    const again = await takePlace(parts, all[9] ?? never())

    expect(first.map((each) => each !== undefined)).toEqual([true, true, true, true, false, false, false, false, false, false])
    expect(none).toBeUndefined()
    expect(again).toBeDefined()
    for (const giveBack of [...first, again]) giveBack?.()
    await Promise.all(all.map((each) => parts.store.transition(each, 'paused', why)))
  })

  it('are asked for by nobody that is not ready, and need not be free for what holds one already', async () => {
    const [one, two] = await ready('states', 2)
    const staged = await parts.store.transition(one ?? never(), 'staged', why, { attempt: 1 })
    const paused = await parts.store.transition(two ?? never(), 'paused', why)

    expect(await takePlace(parts, staged)).toBeDefined()
    expect(await takePlace(parts, paused)).toBeUndefined()
    await parts.store.transition(staged, 'paused', why)
  })

  it('are never taken by more jobs than there are, whatever is submitted at the same time and twice', async () => {
    await addReady(bed, await relaxations(9))
    const all = await parts.store.summaries({ screenName: 'small' })

    await Promise.all([...all, ...all].map(({ id }) => submit(parts, id)))

    const states = (await parts.store.summaries({ screenName: 'small' })).map(({ state }) => state)
    expect(states.filter((state) => state === 'queued')).toHaveLength(4)
    expect(states.filter((state) => state === 'ready')).toHaveLength(5)
    expect((await parts.store.attemptsOfScreen('small')).map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1])
  })
})

function never(): never {
  throw new Error('nothing was added')
}
