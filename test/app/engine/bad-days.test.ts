import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { siteEntries } from '../../../src/app/engine/engine-parts.ts'
import { releaseSites } from '../../../src/app/engine/held-site.ts'
import { waitsForPerson, whyWaiting } from '../../../src/app/screens/why-waiting.ts'
import { openProjectStorage, type ProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { attemptsBelow } from '../../soak/executions.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { withDatabase } from '../../with-database.ts'
import { addReady, openEngine, relaxations } from './engine-bed.ts'
import { politeBed, type BedOptions, type PoliteBed } from './polite-site.ts'

const hasNoFaketime = spawnSync('faketime', ['--version']).status !== 0
if (hasNoFaketime) console.warn('skipped: clocks that differ, because faketime is not installed (Debian: faketime)')

describe.skipIf(hasNoFaketime)('a site whose clock differs', () => {
  it.each(['+1d', '-1d'])('by %s runs every calculation once and is believed when its jobs have ended', async (shift) => {
    const folder = temporaryFolder()
    const bed = await openEngine({ stateFolder: join(folder, 'project'), workFolder: join(folder, 'work'), home: join(folder, 'home'), transport: atAnotherTime(shift) })
    await addReady(bed, await relaxations(2))

    expect(await bed.submitAll()).toEqual([])
    await bed.pollUntil(['ended', 'ended'])

    expect(bed.said).toEqual([])
    const stays = (await bed.parts.store.events()).map(({ to }) => to).filter((to) => to === 'submit-unknown' || to === 'failed')
    expect(stays).toEqual([])
    const { startedAt = '' } = (await bed.parts.store.attempts('run-0'))[0] ?? {}
    const days = (Date.parse(startedAt ?? '') - Date.now()) / 86_400_000
    console.log(`the site says its job started ${days.toFixed(2)} days from now`)
    await bed.close()
    expect(attemptsBelow(join(folder, 'work')).map(({ executions }) => executions)).toEqual([1, 1])
  })
})

/** Every command of the site, and every job that it starts, sees another day. */
function atAnotherTime(shift: string): Transport {
  const real = localTransport()
  return { ...real, run: (command, options) => real.run({ ...command, program: 'faketime', args: ['-f', shift, command.program, ...command.args] }, options) }
}

describe('a batch system', () => {
  let bed: PoliteBed
  let storage: ProjectStorage
  beforeAll(async () => {
    storage = await openProjectStorage({ folder: withDatabase(join(temporaryFolder(), '.dopant')), env: {} })
  })
  afterAll(() => storage?.close())
  afterEach(() => bed?.close())
  const open = async (name: string, options: Omit<BedOptions, 'folder' | 'storage' | 'name'>): Promise<PoliteBed> =>
    (bed = await politeBed({ ...options, name, storage, folder: temporaryFolder() }))

  it('whose controller is away for an hour changes nothing: no calculation moves, it is said with a remedy, and all is done afterwards', async () => {
    const { pass, countOf, batch, lines } = await open('away', { calculations: 5, atOnce: 2, jobHours: [0.4, 0.4], site: { maxJobs: 4 } })
    await pass(0.1)
    const before = await Promise.all(['running', 'queued', 'ready'].map(countOf))
    batch.setAway(true)

    await pass(1)

    expect(before).toEqual([2, 2, 1])
    expect(await Promise.all(['running', 'queued', 'ready'].map(countOf))).toEqual(before)
    const said = lines.filter((line) => line.includes('Unable to contact slurm controller'))
    expect(said[0]).toContain('Wait: the next query decides, and no calculation changes state meanwhile.')
    expect(said.length).toBeLessThanOrEqual(7) // once in ten minutes
    batch.setAway(false)
    await pass(3)
    expect([await countOf('done'), batch.submitted()]).toEqual([5, 5])
  })

  it('that does not know the account holds the site: it is said once where the account is to be corrected, and nothing fails or counts as a try', async () => {
    const { pass, parts, batch, lines, countOf } = await open('unpaid', { calculations: 4, atOnce: 2, jobHours: [0.4, 0.4] })
    batch.refuse('Invalid account or account/partition combination specified')

    await pass(1)

    expect(await countOf('ready')).toBe(4)
    expect(batch.submitted()).toBe(0)
    const said = lines.filter((line) => line.includes('Invalid account'))
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('Correct resources.account of unpaid in sites.yaml and run again')
    expect(said[0]).toContain('dopant resume site:unpaid')
    const [waiting] = await whyWaiting(parts.store, siteEntries(parts), 'unpaid')
    expect(waiting).toMatchObject({ kind: 'settings', of: 'unpaid', waiting: 4 })
    expect(await waitsForPerson(parts.store, siteEntries(parts), 'unpaid')).toBe(true)

    batch.refuse(undefined)
    await pass(1)
    expect(batch.submitted()).toBe(0)
    expect(await releaseSites(parts.store, ['site:unpaid'])).toEqual(['unpaid'])
    await pass(4)
    expect([await countOf('done'), batch.submitted()]).toEqual([4, 4])
  })

  it.each([
    ['Invalid qos specification', 'qos'],
    ['Invalid partition name specified', 'partition'],
  ])('that says «%s» holds the site for its %s', async (words, setting) => {
    const { pass, parts, batch, countOf } = await open(`held-${setting}`, { calculations: 1, atOnce: 1, jobHours: [0.4, 0.4] })
    batch.refuse(words)

    await pass(0.2)

    expect(await countOf('ready')).toBe(1)
    const hold = (await parts.store.siteHolds()).find(({ site }) => site === `held-${setting}`)
    expect(hold).toMatchObject({ setting, reason: expect.stringContaining(words) })
  })

  it('that refuses something else of a job lets that calculation fail, and the site goes on', async () => {
    const { pass, parts, batch } = await open('unlike', { calculations: 1, atOnce: 1, jobHours: [0.4, 0.4] })
    batch.refuse('Requested node configuration is not available')

    await pass(0.2)

    const { failure } = (await parts.store.summaries({ screenName: 'unlike' }))[0] ?? {}
    expect(failure).toMatchObject({ code: 'SUBMISSION_REJECTED', message: expect.stringContaining('Requested node configuration') })
  })
})
