import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostIdentity, isVisibleFrom } from '../../../src/adapters/ownership/host-identity.ts'
import { ownProject } from '../../../src/adapters/ownership/own-project.ts'
import { temporaryProject, type TemporaryProject } from '../../contracts/temporary-project.ts'
import { startScript } from '../scripts/start-script.ts'

let project: TemporaryProject
beforeEach(async () => {
  project = await temporaryProject()
})
afterEach(() => project.remove())

const owner = async (): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(project.folder, 'owner.json'), 'utf8')) as Record<string, unknown>

describe('owning a project', () => {
  it('writes who owns it, and leaves nothing when it is released', async () => {
    const owned = await ownProject(project.folder)

    expect(await owner()).toMatchObject({ host: hostname(), pid: process.pid })
    await owned.release()
    await expect(owner()).rejects.toMatchObject({ code: 'ENOENT' })
    await (await ownProject(project.folder)).release()
  })

  it('is refused to a second one, which is told the process to stop', async () => {
    const owned = await ownProject(project.folder)

    await expect(ownProject(project.folder)).rejects.toMatchObject({
      code: 'PROJECT_OWNED',
      pid: process.pid,
      remedy: expect.stringContaining(String(process.pid)),
    })
    await expect(ownProject(project.folder, { takeOver: true })).rejects.toMatchObject({
      code: 'PROJECT_OWNED',
    })
    await owned.release()
  })

  it('sees through another way to the same folder', async () => {
    const owned = await ownProject(project.folder)
    const link = join(dirname(project.folder), 'link')
    await symlink(project.folder, link)

    await expect(ownProject(link)).rejects.toMatchObject({ code: 'PROJECT_OWNED' })
    await owned.release()
  })

  it('is free at once after its process was killed', async () => {
    const child = await startScript('own-and-wait.ts', [project.folder], 'owned')
    await expect(ownProject(project.folder)).rejects.toMatchObject({ code: 'PROJECT_OWNED', pid: child.pid })

    await child.kill()

    const owned = await ownProject(project.folder)
    expect(await owner()).toMatchObject({ pid: process.pid })
    await owned.release()
  })

  it('goes to exactly one of many that ask at the same moment', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => ownProject(project.folder)))

    const won = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(won).toHaveLength(1)
    await won[0]?.release()
  })

  it('is refused while the record names another machine, unless it is taken over', async () => {
    await mkdir(project.folder)
    const there = {
      host: 'cluster-login-2',
      bootId: 'b',
      network: 'n',
      pid: 4711,
      since: '2026-11-20T09:00:00.000Z',
    }
    await writeFile(join(project.folder, 'owner.json'), JSON.stringify(there))

    await expect(ownProject(project.folder)).rejects.toMatchObject({
      code: 'PROJECT_OWNED_ELSEWHERE',
      message: expect.stringContaining('cluster-login-2'),
      remedy: expect.stringContaining('--take-over'),
    })
    const owned = await ownProject(project.folder, { takeOver: true })
    expect(await owner()).toMatchObject({ host: hostname() })
    await owned.release()
  })

  it('is not kept from us by a record of this machine before its last start', async () => {
    await mkdir(project.folder)
    const before = {
      ...(await hostIdentity()),
      bootId: 'an earlier one',
      pid: 1,
      since: '2026-11-20T09:00:00.000Z',
    }
    await writeFile(join(project.folder, 'owner.json'), JSON.stringify(before))

    await (await ownProject(project.folder)).release()
  })

  it('counts a container of the same machine as another machine', async () => {
    const here = await hostIdentity()

    expect(isVisibleFrom(here, here)).toBe(true)
    expect(isVisibleFrom(here, { ...here, network: 'net:[1]' })).toBe(false)
    expect(isVisibleFrom(here, { ...here, host: 'elsewhere' })).toBe(false)
  })
})
