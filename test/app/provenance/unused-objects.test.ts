import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { folderObjects, objectPath } from '../../../src/adapters/objects/folder-objects.ts'
import { folderStock } from '../../../src/adapters/objects/folder-stock.ts'
import { openProjectStorage, type ProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { removeUnused, unusedObjects } from '../../../src/app/provenance/unused-objects.ts'
import { mgoPlan, mgoScreen } from '../../contracts/store-fixtures.ts'
import { dopant } from '../../integration/small-screen.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { withDatabase } from '../../with-database.ts'

const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000)

describe('kept copies that no attempt refers to', () => {
  let project: string
  let storage: ProjectStorage
  let folder: string
  let incar: string
  let outcar: string
  beforeAll(async () => {
    project = temporaryFolder()
    writeFileSync(join(project, 'dopant.yaml'), '')
    storage = await openProjectStorage({ folder: withDatabase(join(project, '.dopant')), env: {} })
    const objects = folderObjects(join(project, '.dopant', 'objects'))
    incar = await objects.put(Buffer.from('ENCUT = 520\n'))
    outcar = await objects.put(Buffer.from(' vasp.6.4.3\n'))
    await attemptWith(storage, { inputSha256: { INCAR: incar }, outputs: { OUTCAR: { sha256: outcar, bytes: 12, isKept: true } } })
  })
  afterAll(() => storage?.close())
  beforeEach(() => (folder = join(project, '.dopant', 'objects')))

  const objects = () => folderObjects(folder)
  const look = () => unusedObjects(storage.store, folderStock(folder), systemClock)
  const putLongAgo = async (text: string): Promise<string> => {
    const sha256 = await objects().put(Buffer.from(text))
    utimesSync(objectPath(folder, sha256), twoDaysAgo, twoDaysAgo)
    return sha256
  }
  const isThere = async (sha256: string): Promise<boolean> => (await objects().get(sha256)) !== undefined

  it('are found with their sizes, and what is referred to or young is not among them', async () => {
    for (const sha256 of [incar, outcar]) utimesSync(objectPath(folder, sha256), twoDaysAgo, twoDaysAgo)
    const lost = await putLongAgo('of a store that was restored from yesterday')
    await objects().put(Buffer.from('of an engine that is about to say so'))

    const found = await look()

    expect(found.unused).toEqual([{ sha256: lost, bytes: statSync(objectPath(folder, lost)).size, touchedAt: expect.any(Date) as Date }])
    expect(found).toMatchObject({ keptCount: 2, youngCount: 1 })
  })

  it('go, and nothing else', async () => {
    const lost = await putLongAgo('another lost one')

    const removed = await removeUnused(folderStock(folder), await look())

    expect(removed.map(({ sha256 }) => sha256)).toContain(lost)
    expect(await Promise.all([lost, incar, outcar].map(isThere))).toEqual([false, true, true])
    expect((await look()).unused).toEqual([])
  })

  it('stay when an engine puts the same content again after the look', async () => {
    const again = await putLongAgo('the KPOINTS of a screen that was asked for again')
    const found = await look()
    await objects().put(Buffer.from('the KPOINTS of a screen that was asked for again'))

    expect(await removeUnused(folderStock(folder), found)).toEqual([])
    expect(await isThere(again)).toBe(true)
  })

  it('are there after a put, whenever in the removal it comes', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `INCAR of member ${i}`)
    for (const text of texts) await putLongAgo(text)
    const found = await look()
    const putAll = texts.map(async (text, i) => {
      await wait(i % 6)
      return objects().put(Buffer.from(text))
    })

    const [, put] = await Promise.all([removeUnused(folderStock(folder), found), Promise.all(putAll)])

    expect(await Promise.all(put.map(isThere))).toEqual(put.map(() => true))
  })

  it('that a killed process had put aside are brought back, and its unfinished files go', async () => {
    renameSync(objectPath(folder, incar), `${objectPath(folder, incar)}.aside`)
    const half = join(folder, incar.slice(0, 2), 'half.gz.part')
    writeFileSync(half, 'half')
    utimesSync(half, twoDaysAgo, twoDaysAgo)

    await look()

    expect(await isThere(incar)).toBe(true)
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(aside|part)$/.test(name))).toEqual([])
  })

  it('are not taken where the store knows none of the copies, as with another DATABASE_URL', async () => {
    const elsewhere = join(temporaryFolder(), 'objects')
    mkdirSync(elsewhere)
    await folderObjects(elsewhere).put(Buffer.from('of another project'))

    await expect(unusedObjects(storage.store, folderStock(elsewhere), systemClock)).rejects.toMatchObject({ code: 'OBJECTS_OF_ANOTHER_STORE' })
  })

  it('are removed by the command once somebody confirms it, also after it was killed in the middle', async () => {
    for (let i = 0; i < 300; i++) await putLongAgo(`lost ${i}`)
    await storage.close()
    const count = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.gz')).length
    const before = count()
    const unconfirmed = await dopant(['store', 'gc', '--project', project]).finished
    expect(unconfirmed).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was removed') as string })
    expect(count()).toBe(before)
    const killed = spawn(process.execPath, [resolve('bin/dopant.js'), 'store', 'gc', '--yes', '--project', project], { stdio: 'ignore' })
    while (count() === before && killed.exitCode === null) await wait(1)
    killed.kill('SIGKILL')
    await new Promise((done) => (killed.exitCode === null ? killed.on('close', done) : done(undefined)))

    const dry = await dopant(['store', 'gc', '--dry-run', '--project', project]).finished
    const { stdout } = await dopant(['store', 'gc', '--yes', '--json', '--project', project]).finished

    expect(dry.stdout).toMatch(/\d+ files \(0\.0 MB\) would go; 2 are referred to and stay/)
    expect(JSON.parse(stdout)).toMatchObject({ keptCount: 2, isDryRun: false })
    expect(await Promise.all([incar, outcar].map(isThere))).toEqual([true, true])
    storage = await openProjectStorage({ folder: join(project, '.dopant'), env: {} })
    expect((await look()).unused).toEqual([])
  })
})

async function attemptWith({ store }: ProjectStorage, record: object): Promise<void> {
  const why = { actor: 'test', reason: 'a test' }
  await store.saveScreen(mgoScreen('mgo'))
  await store.addCalculations('mgo', 'here', [mgoPlan('mgo', 'a')])
  const ready = await store.transition((await store.summaries())[0]!, 'ready', why)
  await store.transition(ready, 'staged', why, { attempt: 1, token: 'd1', remoteFolder: '/scratch/1', record })
}
