import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../src/adapters/ownership/lock-folder.ts'
import { temporaryProject, type TemporaryProject } from '../../contracts/temporary-project.ts'

let project: TemporaryProject
beforeEach(async () => {
  project = await temporaryProject()
  await mkdir(project.folder)
})
afterEach(() => project.remove())

const holder = (): Promise<string> => readFile(join(project.folder, 'owner.lock', 'holder'), 'utf8')
const leaveLock = async (text: string): Promise<void> => {
  await mkdir(join(project.folder, 'owner.lock'))
  await writeFile(join(project.folder, 'owner.lock', 'holder'), text)
}

describe('the lock for systems without abstract sockets', () => {
  it('is held by one and freed by release', async () => {
    const lock = await lockFolder(project.folder)

    expect(await lockFolder(project.folder)).toBeUndefined()
    expect(await holder()).toMatch(new RegExp(`^${process.pid} `))
    await lock?.release()
    await (await lockFolder(project.folder))?.release()
  })

  it('is taken from a process that is gone', async () => {
    await leaveLock('999999 Sun Nov 22 10:00:00 2026')

    const lock = await lockFolder(project.folder)

    expect(await holder()).toMatch(new RegExp(`^${process.pid} `))
    await lock?.release()
  })

  it('is taken from a process whose number now belongs to a younger one', async () => {
    await leaveLock(`${process.pid} Thu Jan  1 00:00:00 1970`)

    expect(await lockFolder(project.folder)).toBeDefined()
  })

  it('is left to a maker that may still be writing its name, and taken when that was long ago', async () => {
    await mkdir(join(project.folder, 'owner.lock'))
    expect(await lockFolder(project.folder)).toBeUndefined()

    const longAgo = new Date(Date.now() - 60_000)
    await utimes(join(project.folder, 'owner.lock'), longAgo, longAgo)
    expect(await lockFolder(project.folder)).toBeDefined()
  })
})
