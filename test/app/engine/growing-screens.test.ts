import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { screenResults } from '../../../src/app/results/screen-results.ts'
import { storeAtRevision } from '../../../src/app/results/store-at-revision.ts'
import { pause, resume } from '../../../src/app/screens/pause.ts'
import type { Store } from '../../../src/ports/store.ts'
import type { StepResult } from '../../../src/workflow/step-result.ts'
import { rehearsedProject, type RehearsedProject } from './rehearsed-project.ts'

/** The cell of Li2MnO3, 24 atoms; a step takes a second or two. */
const screen = (name: string, more = '', spacing = 0.06): string => `
name: ${name}
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, form: bulk, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
kpoints: { spacing: ${spacing} }
${more}
`

describe('one project with several screens, on the rehearsal site', () => {
  let project: RehearsedProject
  let store: Store
  beforeAll(async () => {
    project = await rehearsedProject()
    store = project.workspace.parts.store
  })
  afterAll(() => project?.workspace.close())

  it('runs a screen once, and nothing when it is run again', async () => {
    const first = await project.save(screen('grows'))
    await project.settle('grows')
    const again = await project.save(screen('grows'))

    expect(first.added).toEqual(['grows/pristine/relax', 'grows/pristine/static'])
    expect(again).toEqual({ added: [], alreadyThere: 2, toStop: [] })
    expect((await store.summaries()).map(({ state }) => state)).toEqual(['done', 'done'])
    expect(project.starts()).toBe(2)
  })

  it('takes results of the same inputs from another screen, and says so in the row', async () => {
    await project.save(screen('twin'))
    await project.settle('twin')

    expect(project.starts()).toBe(2)
    const calculations = await store.summaries({ screenName: 'twin' })
    expect(calculations.map(({ state, reusedFrom }) => [state, reusedFrom])).toEqual([
      ['done', 'grows/pristine/relax'],
      ['done', 'grows/pristine/static'],
    ])
    const [row] = await screenResults(store, 'twin', () => 'rehearsal')
    const [original] = await screenResults(store, 'grows', () => 'rehearsal')
    expect(row?.flags).toContain('reused from grows/pristine/static')
    expect(row?.static?.energySigmaToZeroEv).toBe(original?.static?.energySigmaToZeroEv)
  })

  it('runs everything where the screen says so', async () => {
    await project.save(screen('fresh'), { said: { useCache: false } })
    await project.settle('fresh')

    expect(project.starts()).toBe(4)
    const energies = await Promise.all(['grows', 'fresh'].map(async (name) => (await store.result(`${name}/pristine/static`))?.result as StepResult | undefined))
    expect(energies[1]?.energies.totenEv).toEqual(expect.any(Number))
    expect(energies[1]?.energies.totenEv).toBe(energies[0]?.energies.totenEv)
  })

  it('keeps an old result as obsolete when the mesh is made denser, and shows it on request alone', async () => {
    const { added } = await project.save(screen('grows', '', 0.03))
    await project.settle('grows')

    expect(added).toEqual(['grows/pristine/relax~2', 'grows/pristine/static~2'])
    const current = await store.summaries({ screenName: 'grows' })
    const all = await store.summaries({ screenName: 'grows', withObsolete: true })
    expect(current.map(({ id, state }) => [id, state])).toEqual(added.map((id) => [id, 'done']))
    expect(all.filter(({ obsoleteSince }) => obsoleteSince !== null).map(({ id, state }) => [id, state])).toEqual([
      ['grows/pristine/relax', 'done'],
      ['grows/pristine/static', 'done'],
    ])
    const revisions = await store.screenRevisions('grows')
    expect(revisions.map(({ revision, calculationIds }) => [revision, calculationIds.length])).toEqual([[1, 2], [2, 2]])
    const now = await screenResults(store, 'grows', () => 'rehearsal')
    const then = await screenResults(await storeAtRevision(store, 'grows', 1), 'grows', () => 'rehearsal')
    expect(now[0]?.static).toBeDefined()
    const old = (await store.result('grows/pristine/static'))?.result as StepResult | undefined
    expect(old?.energies.energySigmaToZeroEv).toEqual(expect.any(Number))
    expect(then[0]?.static?.energySigmaToZeroEv).toBe(old?.energies.energySigmaToZeroEv)
  })

  it('takes the old results back when the edit is undone, without running anything', async () => {
    const before = project.starts()
    const { added } = await project.save(screen('grows'))
    await project.settle('grows')

    expect(added).toEqual([])
    expect(project.starts()).toBe(before)
    expect((await store.summaries({ screenName: 'grows' })).map(({ id, state }) => [id, state])).toEqual([
      ['grows/pristine/relax', 'done'],
      ['grows/pristine/static', 'done'],
    ])
  })

  it('replaces what has not started, and refuses to change what runs until it is told to', async () => {
    await project.save(screen('edited'))
    const replaced = await project.save(screen('edited', '', 0.05))
    const [relax] = await store.calculations({ screenName: 'edited' })

    expect(replaced).toMatchObject({ added: [], alreadyThere: 2 })
    expect(relax?.plan.settings.kpoints.spacing).toBe(0.05)
    const events = await store.events({ calculationId: 'edited/pristine/relax' })
    expect(events.map(({ reason }) => reason)).toContain('replaced by a newer text of the screen before it started')

    await onSite(store, 'edited/pristine/relax')
    await expect(project.save(screen('edited', '', 0.04))).rejects.toMatchObject({ code: 'RUNNING_WOULD_CHANGE' })
    expect((await store.screen('edited'))?.text).toContain('spacing: 0.05')
    const forced = await project.save(screen('edited', '', 0.04), { replacesRunning: true })
    expect(forced.toStop).toEqual(['edited/pristine/relax'])
    expect(forced.added).toEqual(['edited/pristine/relax~2'])
  })

  it('holds a candidate and lets it go on', async () => {
    await project.save(screen('held', '', 0.07))

    const held = await pause(store, ['held/pristine'])
    await project.settle('held')
    const whileHeld = (await store.summaries({ screenName: 'held' })).map(({ state }) => state)
    const goes = await resume(store, ['held'])
    await project.settle('held')

    expect(held).toEqual({ moved: ['held/pristine/relax', 'held/pristine/static'], running: [] })
    expect(whileHeld).toEqual(['paused', 'paused'])
    expect(goes).toHaveLength(2)
    expect((await store.summaries({ screenName: 'held' })).map(({ state }) => state)).toEqual(['done', 'done'])
    await expect(pause(store, ['held/pristin'])).rejects.toMatchObject({
      code: 'TARGET_UNKNOWN',
      remedy: expect.stringContaining('held/pristine') as string,
    })
  })
})

/** As if a batch system had it: no such job exists. */
async function onSite(store: Store, id: string): Promise<void> {
  const why = { actor: 'test', reason: 'a test' }
  for (const to of ['ready', 'staged', 'submitting', 'queued'] as const) {
    const calculation = await store.calculation(id)
    if (calculation !== undefined) await store.transition(calculation, to, why, to === 'staged' ? { attempt: 1 } : {})
  }
}
