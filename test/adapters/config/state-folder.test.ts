import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileSystemOf, mountTypeOf, sharedFileSystem } from '../../../src/adapters/config/file-system.ts'
import { existingStateFolder, makeStateFolder, projectFolderOf } from '../../../src/adapters/config/project.ts'
import { isKnownError } from '../../../src/base/known-error.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const nfs = { type: 0x6969 }
const ext4 = { type: 0xef53 }

/** A project on a shared disk, and another folder that is on a disk of this machine. */
function shared() {
  const [project, local] = [join(temporaryFolder(), 'my screens'), temporaryFolder()]
  mkdirSync(project)
  const lines: string[] = []
  const fileSystem = async (folder: string) => (folder.startsWith(local) ? ext4 : nfs)
  const make = (environment: NodeJS.ProcessEnv) =>
    makeStateFolder(project, { environment, fileSystem, say: (line) => lines.push(line) })
  return { project, local, lines, make }
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (isKnownError(error) ? error.code : String(error)),
  )

describe('the file system of a project', () => {
  it.each([
    ['NFS', 0x6969],
    ['Lustre', 0x0bd00bd0],
    ['GPFS', 0x47504653],
    ['BeeGFS', 0x19830326],
    ['CIFS', 0xff534d42],
    ['CIFS', 0xff534d42 | 0],
  ])('is %s by its number', (name, type) => expect(sharedFileSystem({ type })).toBe(name))

  it('is a disk of this machine when it is ext4, XFS, Btrfs or a memory disk', () => {
    for (const type of [0xef53, 0x58465342, 0x9123683e, 0x01021994]) expect(sharedFileSystem({ type })).toBeUndefined()
  })

  it('is told by the mount table where it is FUSE', () => {
    const table = [
      '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
      '40 22 0:50 / /home/me/my\\040cluster rw,nosuid - fuse.sshfs me@login:/ rw',
      '41 22 0:51 / /home/me/secret rw - fuse.gocryptfs /home/me/.secret rw',
    ].join('\n')
    const of = (path: string) => sharedFileSystem({ type: 0x65735546, mount: mountTypeOf(table, path) ?? '' })

    expect(of('/home/me/my cluster/screens')).toBe('sshfs')
    expect(of('/home/me/secret/screens')).toBeUndefined()
    expect(mountTypeOf(table, '/home/me/my clusters')).toBe('ext4')
  })

  it('is asked of the nearest folder that exists', async () => {
    const folder = temporaryFolder()

    expect(await fileSystemOf(join(folder, 'not', 'yet', 'there'))).toEqual(await fileSystemOf(folder))
  })
})

describe('the state of a project', () => {
  it('lies in the project when that is on a disk of this machine', async () => {
    const folder = temporaryFolder()

    expect(await makeStateFolder(folder, { environment: {}, fileSystem: async () => ext4 })).toBe(join(folder, '.dopant'))
  })

  it('goes to the state folder of the user when the project is on a shared disk, and is found again from there', async () => {
    const { project, local, lines, make } = shared()

    const folder = await make({ XDG_STATE_HOME: local })

    expect(folder.startsWith(join(local, 'dopant', `${'my-screens'}-`))).toBe(true)
    expect(lines).toEqual([`The state of this project is kept in ${folder}, because the project is on NFS.`])
    expect(existingStateFolder(project)).toBe(folder)
    expect(projectFolderOf(join(project, 'deeper'))).toBe(project)
    // The place is remembered, whatever the environment says later.
    expect(await make({})).toBe(folder)
    expect(lines).toHaveLength(1)
  })

  it('goes where DOPANT_STATE_FOLDER says, each project into a folder of its own', async () => {
    const [one, other] = [shared(), shared()]
    const environment = { DOPANT_STATE_FOLDER: one.local }

    const first = await one.make(environment)
    const second = await makeStateFolder(other.project, { environment, fileSystem: async () => ext4 })

    expect([first, second].map((each) => each.startsWith(`${one.local}/`))).toEqual([true, true])
    expect(basename(first)).not.toBe(basename(second))
  })

  it('is refused where only shared disks are at hand, and nothing is left behind', async () => {
    const { project, make } = shared()
    const elsewhere = temporaryFolder()

    expect(await codeOf(make({ XDG_STATE_HOME: elsewhere }))).toBe('STATE_FOLDER_SHARED')
    expect(await codeOf(make({ DOPANT_STATE_FOLDER: elsewhere }))).toBe('STATE_FOLDER_SHARED')
    expect(existsSync(join(project, '.dopant'))).toBe(false)
  })

  it('stays in the project with a PostgreSQL server, which keeps the database itself', async () => {
    const { project, make } = shared()

    expect(await make({ DATABASE_URL: 'postgres://db/dopant' })).toBe(join(project, '.dopant'))
  })

  it('is never looked for elsewhere while a database lies in the project: it says how to move it', async () => {
    const { project, local, make } = shared()
    mkdirSync(join(project, '.dopant', 'db'), { recursive: true })

    const refused = make({ DOPANT_STATE_FOLDER: local })

    await expect(refused).rejects.toMatchObject({
      code: 'STATE_FOLDER_SHARED',
      remedy: expect.stringMatching(`^Move ${project}/.dopant/db and .* into ${local}/my-screens-`) as unknown,
    })
  })

  it('of a shared project that was begun on another machine is named with that machine', async () => {
    const { project, local, make } = shared()
    const folder = await make({ XDG_STATE_HOME: local })
    const pointer = join(project, '.dopant', 'state-folder.json')
    expect(JSON.parse(readFileSync(pointer, 'utf8'))).toEqual({ folder, host: hostname() })
    writeFileSync(pointer, JSON.stringify({ folder: '/var/local/dopant/gone', host: 'login7' }))

    await expect(make({ XDG_STATE_HOME: local })).rejects.toThrow('The state of this project is on login7, in /var/local/dopant/gone.')
    expect(await codeOf(Promise.resolve().then(() => existingStateFolder(project)))).toBe('STATE_FOLDER_ELSEWHERE')
  })
})
