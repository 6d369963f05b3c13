import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openProjectStorage, type ProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { waitsForPerson, whyWaiting } from '../../../src/app/screens/why-waiting.ts'
import { siteEntries } from '../../../src/app/engine/engine-parts.ts'
import type { SiteTraffic } from '../../../src/ports/site-watch.ts'
import { temporaryProject, type TemporaryProject } from '../../contracts/temporary-project.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { withDatabase } from '../../with-database.ts'
import { politeBed, type BedOptions, type PoliteBed } from './polite-site.ts'

/** Half a minute in all; test/soak/polite-screen.ts does the first one with a thousand calculations. */
describe('a screen on a cluster', () => {
  let bed: PoliteBed
  let storage: ProjectStorage
  let project: TemporaryProject
  beforeAll(async () => {
    project = await temporaryProject()
    storage = await openProjectStorage({ folder: withDatabase(project.folder), env: {} })
  })
  afterAll(async () => {
    await storage?.close()
    await project?.remove()
  })
  const open = async (name: string, options: Omit<BedOptions, 'folder' | 'storage' | 'name'>): Promise<PoliteBed> =>
    (bed = await politeBed({ ...options, name, storage, folder: temporaryFolder() }))
  afterEach(() => bed?.close())

  it('goes through one connection and asks for the queue at most 120 times an hour, whatever it holds', async () => {
    const { pass, countOf, ledger, batch } = await open('many', { calculations: 24, atOnce: 12, jobHours: [0.1, 0.5], isOverSsh: true })

    await pass(1.6)

    expect(await countOf('done')).toBe(24)
    expect(batch.submitted()).toBe(24)
    const hours = ledger.take()
    console.log(hours.map(words).join('\n'))
    expect(hours.reduce((sum, { connections }) => sum + connections, 0)).toBe(1)
    expect(Math.max(...hours.map(({ statusCalls }) => statusCalls))).toBeLessThanOrEqual(120)
    expect(hours.reduce((sum, { accountingCalls }) => sum + accountingCalls, 0)).toBe(0)
  })

  it('is not asked for anything more when nothing of ours is there', async () => {
    const { pass, countOf, ledger } = await open('few', { calculations: 2, atOnce: 2, jobHours: [0.2, 0.3] })
    await pass(1)
    expect(await countOf('done')).toBe(2)
    ledger.take()

    await pass(3)

    expect(ledger.take()).toEqual([])
  })

  it('is asked ever less while long jobs run and nothing moves', async () => {
    const { pass, ledger } = await open('long', { calculations: 1, atOnce: 1, jobHours: [5.9, 5.9] })

    await pass(5)

    const calls = ledger.take().map(({ statusCalls }) => statusCalls)
    expect(calls).toHaveLength(5)
    expect(calls[0]).toBeGreaterThan(20)
    expect(calls[1]).toBeLessThanOrEqual(15)
    expect(calls[3]).toBeLessThanOrEqual(8)
  })

  it('counts every job of the user against maxJobs, and says who holds the places', async () => {
    const { pass, parts, batch } = await open('crowded', { calculations: 6, atOnce: 9, jobHours: [1, 1], site: { maxJobs: 5 } })
    for (const name of ['mine', 'also-mine', 'by-hand']) batch.addOther(name)

    await pass(0.5)

    expect(batch.submitted()).toBe(2)
    const [reason] = await whyWaiting(parts.store, siteEntries(parts), 'crowded')
    expect(reason?.text).toBe(
      'crowded: 4 calculations wait for a place: 5 of 5 are taken, 2 by this project and 3 by other jobs of yours.',
    )
    for (const name of ['mine', 'also-mine', 'by-hand']) batch.removeOther(name)
    await pass(0.2)
    expect(batch.submitted()).toBe(5)
  })

  it('waits without a failure while the queue takes no more jobs, and goes on when one has left', async () => {
    const { pass, countOf, parts, batch, lines } = await open('full', { calculations: 5, atOnce: 9, jobHours: [1, 1] })
    for (const name of ['a', 'b', 'c']) batch.addOther(name)
    batch.limitTo(5)

    await pass(0.5)

    expect([await countOf('failed'), batch.submitted()]).toEqual([0, 2])
    expect((await whyWaiting(parts.store, siteEntries(parts), 'full')).map(({ kind, waiting }) => [kind, waiting])).toEqual([['queue-full', 3]])
    expect(lines.join('\n')).toContain('AssocMaxSubmitJobLimit')
    batch.limitTo(100)
    batch.removeOther('a')
    await pass(0.2)
    expect(batch.submitted()).toBe(5)
    await pass(2)
    expect(await countOf('done')).toBe(5)
  })

  it('never submits more core-hours than its budget, and goes on when the budget is raised', async () => {
    // Every attempt may use 16 cores for 6 h, 96 core-hours, and uses 16 for 1 h.
    const { pass, countOf, parts, batch } = await open('paid', { calculations: 12, atOnce: 9, jobHours: [1, 1], budgetCoreHours: 250, site: seldom })
    const sites = siteEntries(parts)

    await pass(0.5)
    expect(batch.submitted()).toBe(2)
    await pass(12)

    const usedAtMost = await parts.store.coreHoursOfScreen('paid')
    expect(usedAtMost).toBeLessThanOrEqual(250)
    expect(usedAtMost).toBeGreaterThan(250 - 96 - 1)
    expect(await countOf('failed')).toBe(0)
    expect(await waitsForPerson(parts.store, sites, 'paid')).toBe(true)
    expect((await whyWaiting(parts.store, sites, 'paid'))[0]?.text).toMatch(/^paid: \d+ calculations wait for core-hours: 1[56]\d\.\d used and 0\.0 committed of 250\.0, /)

    const screen = await parts.store.screen('paid')
    if (screen !== undefined) await parts.store.saveScreen({ ...screen, budgetCoreHours: 2000 })
    await pass(4)
    expect(await countOf('done')).toBe(12)
    expect(await waitsForPerson(parts.store, sites, 'paid')).toBe(false)
  })
})

const seldom = { pollSeconds: 600, fastestPollSeconds: 600 }

function words(hour: SiteTraffic): string {
  const { connections, statusCalls, otherCommands, filesSent, bytesSent } = hour
  return `${hour.hour.slice(11, 16)}  ${connections} connections, ${statusCalls} status calls, ${otherCommands} other commands, ${filesSent} files and ${bytesSent} bytes sent`
}
