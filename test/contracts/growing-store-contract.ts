import { expect, it } from 'vitest'
import type { ScreenGrowth } from '../../src/ports/screen-growth.ts'
import type { CalculationRecord, Store } from '../../src/ports/store.ts'
import { mgoPlan, mgoScreen } from './store-fixtures.ts'

const why = { actor: 'test', reason: 'a test' }

/** What every store must keep for screens that grow; called within a suite that has opened it. */
export function describeGrowth(storeNow: () => Store): void {
  it('grows a screen in one act: new, replaced, obsolete and asked for again, with an event each, and every text kept', async () => {
    const store = storeNow()
    await store.growScreen(growth('grown', { added: [mgoPlan('grown', 'a'), mgoPlan('grown', 'b')], priority: 7 }))
    const [a, b] = (await store.calculations({ screenName: 'grown' })) as [CalculationRecord, CalculationRecord]
    const denser = { ...mgoPlan('grown', 'a'), kMesh: [8, 8, 8] as const }

    await store.growScreen(growth('grown', { text: 'second', replaced: [{ calculation: a, plan: denser }], obsolete: [{ ...b, reason: 'left out' }] }))

    expect((await store.calculation(a.id))?.plan.kMesh).toEqual([8, 8, 8])
    expect(await store.calculation(b.id)).toMatchObject({ state: 'cancelled', obsoleteSince: expect.any(String), priority: 7 })
    expect((await store.summaries({ screenName: 'grown' })).map(({ id }) => id)).toEqual([a.id])
    expect((await store.events({ calculationId: b.id })).at(-1)?.reason).toBe('obsolete: left out')
    const gone = (await store.calculation(b.id))!
    await store.growScreen(growth('grown', { text: 'third', revived: [gone] }))
    expect((await store.calculation(b.id))?.obsoleteSince).toBeNull()
    const revisions = await store.screenRevisions('grown')
    expect(revisions.map(({ revision, text }) => [revision, text])).toEqual([[1, 'first'], [2, 'second'], [3, 'third']])
  })

  it('grows a screen wholly or not at all: one that moved meanwhile leaves everything as it was', async () => {
    const store = storeNow()
    await store.growScreen(growth('whole', { added: [mgoPlan('whole', 'a')] }))
    const [planned] = (await store.calculations({ screenName: 'whole' })) as [CalculationRecord]
    await store.transition(planned, 'ready', why)

    const stale = store.growScreen(growth('whole', { text: 'second', added: [mgoPlan('whole', 'b')], obsolete: [{ ...planned, reason: 'left out' }] }))

    await expect(stale).rejects.toMatchObject({ code: 'STALE_REVISION' })
    expect((await store.screen('whole'))?.text).toBe('first')
    expect((await store.summaries({ screenName: 'whole' })).map(({ id, state }) => [id, state])).toEqual([[planned.id, 'ready']])
  })

  it('gives a priority to what has not ended, and moves to another site only what is ready', async () => {
    const store = storeNow()
    const [first, second] = ['a', 'b'].map((name) => mgoPlan('order', name)) as [ReturnType<typeof mgoPlan>, ReturnType<typeof mgoPlan>]
    await store.growScreen(growth('order', { added: [first, second], sites: ['here', 'there'] }))
    const [a, b] = (await store.calculations({ screenName: 'order' })) as [CalculationRecord, CalculationRecord]
    const failed = await store.transition(a, 'failed', why)
    const ready = await store.transition(b, 'ready', why)

    expect(await store.setPriority([a.id, b.id, 'nobody'], 50)).toBe(1)
    await store.moveToSite(ready, 'there', 'no place here')

    expect(await store.calculation(b.id)).toMatchObject({ site: 'there', sites: ['here', 'there'], priority: 50 })
    await expect(store.moveToSite(ready, 'here', 'too late')).rejects.toMatchObject({ code: 'STALE_REVISION' })
    await expect(store.moveToSite(failed, 'there', 'it has ended')).rejects.toMatchObject({ code: 'STALE_REVISION' })
  })

  it('finds the finished calculation that ran itself, never one that failed or was reused', async () => {
    const store = storeNow()
    const plans = ['a', 'b', 'c'].map((name) => mgoPlan('same', name))
    await store.growScreen(growth('same', { added: plans }))
    const [a, b, c] = (await store.calculations({ screenName: 'same' })) as [CalculationRecord, CalculationRecord, CalculationRecord]
    await store.transition(a, 'failed', why, { contentKey: 'mgo' })
    expect(await store.finishedWith('mgo')).toBeUndefined()
    await finish(store, b, { contentKey: 'mgo', reusedFrom: 'elsewhere' })
    expect(await store.finishedWith('mgo')).toBeUndefined()
    await finish(store, c, { contentKey: 'mgo' })

    expect((await store.finishedWith('mgo'))?.id).toBe(c.id)
    expect(await store.finishedWith('another')).toBeUndefined()
  })

  it('counts trouble of a task, until it is forgotten', async () => {
    const store = storeNow()
    expect(await store.countTrouble('collect a', 'first')).toBe(1)
    expect(await store.countTrouble('collect a', 'second')).toBe(2)

    expect((await store.troubles()).filter(({ task }) => task === 'collect a')).toMatchObject([{ count: 2, message: 'second' }])
    await store.forgetTrouble('collect a')
    expect((await store.troubles()).filter(({ task }) => task === 'collect a')).toEqual([])
    expect(await store.countTrouble('collect a', 'third')).toBe(1)
  })

  it('keeps marks and what was said about a screen, the last word winning', async () => {
    const store = storeNow()
    await store.saveScreen(mgoScreen('said'))
    await store.saveMark('told', '41')
    await store.saveMark('told', '42')
    await store.saveScreenOptions('said', { pilot: 'waiting' })
    await store.saveScreenOptions('said', { pilot: 'accepted', useCache: false })

    expect(await store.mark('told')).toBe('42')
    expect(await store.mark('never')).toBeUndefined()
    expect((await store.screen('said'))?.options).toEqual({ pilot: 'accepted', useCache: false })
  })
}

async function finish(store: Store, from: CalculationRecord, changes: { readonly contentKey: string; readonly reusedFrom?: string }): Promise<void> {
  const ready = await store.transition(from, 'ready', why, changes)
  await store.transition(await store.transition(ready, 'collected', why), 'done', why)
}

function growth(name: string, { text = 'first', ...more }: Partial<ScreenGrowth> & { readonly text?: string }): ScreenGrowth {
  const nothing = { added: [], replaced: [], obsolete: [], revived: [] }
  const ids = (more.added ?? []).map(({ id }) => id)
  return { screen: { ...mgoScreen(name), text }, site: 'here', sites: [], priority: 0, calculationIds: ids, ...nothing, ...more }
}
