import { chmod, mkdir, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callOwner } from '../../../src/adapters/ownership/call-owner.ts'
import { ownerSocketPath } from '../../../src/adapters/ownership/runtime-folder.ts'
import {
  serveOwner,
  type OwnerHandlers,
  type OwnerService,
} from '../../../src/adapters/ownership/serve-owner.ts'
import { StaleRevisionError, isStaleRevision } from '../../../src/ports/store-errors.ts'
import { temporaryProject, type TemporaryProject } from '../../contracts/temporary-project.ts'
import { startScript } from '../scripts/start-script.ts'

const key = `test-${process.pid}`
let project: TemporaryProject
let service: OwnerService | undefined
beforeEach(async () => {
  project = await temporaryProject()
})
afterEach(async () => {
  await service?.close()
  service = undefined
  await project.remove()
})

const serve = async (handlers: OwnerHandlers): Promise<void> => {
  service = await serveOwner(key, handlers)
}

describe('asking the owner of a project', () => {
  it('gets the answer, also when the answer is nothing', async () => {
    await serve({
      add: async (params) => (params as number[]).reduce((sum, each) => sum + each, 0),
      nothing: async () => undefined,
    })

    expect(await callOwner(key, 'add', [1, 2, 3])).toEqual({ result: 6 })
    expect(await callOwner(key, 'nothing')).toEqual({ result: undefined })
  })

  it('is told that there is no owner by undefined', async () => {
    expect(await callOwner('no-such-project', 'add')).toBeUndefined()
  })

  it('gets a foreseen error with code, message and remedy', async () => {
    await serve({ move: async () => Promise.reject(new StaleRevisionError('x/pristine/relax', 4)) })

    const error = await callOwner(key, 'move').catch((caught: unknown) => caught)

    expect(error).toMatchObject({
      code: 'STALE_REVISION',
      retryable: true,
      message: expect.stringContaining('x/pristine/relax'),
    })
    expect(isStaleRevision(error)).toBe(true)
  })

  it('gets a bug as a plain error, and an unknown question as a known one', async () => {
    await serve({ bug: async () => Promise.reject(new TypeError('x is not iterable')) })

    await expect(callOwner(key, 'bug')).rejects.toMatchObject({
      name: 'TypeError',
      message: 'x is not iterable',
    })
    await expect(callOwner(key, 'toString')).rejects.toMatchObject({ code: 'OWNER_METHOD_UNKNOWN' })
  })

  it('carries ten megabytes and characters of all lengths', async () => {
    await serve({ echo: async (params) => params })
    const text = 'Li₂MnO₃ 𝛿 \n'.repeat(600_000)

    expect((await callOwner(key, 'echo', text))?.result).toBe(text)
  })

  it('answers many at once and none of them twice', async () => {
    await serve({ echo: async (params) => params })

    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => callOwner(key, 'echo', i)))

    expect(answers.map((each) => each?.result)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  it('survives a caller that sends rubbish or goes away', async () => {
    await serve({ echo: async (params) => params })
    const path = await ownerSocketPath(key)
    for (const rubbish of ['not json\n', '{"method":3}\n', 'half a li']) {
      await new Promise<void>((resolve) => {
        const socket = connect(path, () => socket.end(rubbish, () => resolve()))
      })
    }

    expect(await callOwner(key, 'echo', 'still here')).toEqual({ result: 'still here' })
  })

  it('keeps its socket where only the same user can come', async () => {
    await serve({})
    const path = await ownerSocketPath(key)

    expect((await stat(dirname(path))).mode & 0o077).toBe(0)
    expect((await stat(path)).mode & 0o077).toBe(0)
    expect(Buffer.byteLength(path)).toBeLessThan(100)
  })

  it('closes a runtime folder that stood open, and does not use a file in its place', async () => {
    await mkdir(join(project.folder, 'dopant'), { recursive: true })
    await chmod(join(project.folder, 'dopant'), 0o777)
    await ownerSocketPath(key, { XDG_RUNTIME_DIR: project.folder })
    expect((await stat(join(project.folder, 'dopant'))).mode & 0o777).toBe(0o700)

    await mkdir(join(project.folder, 'other'))
    await writeFile(join(project.folder, 'other', 'dopant'), '')
    await expect(
      ownerSocketPath(key, { XDG_RUNTIME_DIR: join(project.folder, 'other') }),
    ).rejects.toMatchObject({
      code: 'RUNTIME_FOLDER_UNSAFE',
    })
  })

  it('turns to a shorter folder when the path would be too long for a socket', async () => {
    const path = await ownerSocketPath(key, { XDG_RUNTIME_DIR: `/tmp/${'long'.repeat(30)}` })

    expect(Buffer.byteLength(path)).toBeLessThan(100)
  })

  it('finds nobody behind the socket of an owner that was killed, and a new owner replaces it', async () => {
    const child = await startScript('serve-and-wait.ts', [key], 'serving')
    expect(await callOwner(key, 'pid')).toEqual({ result: child.pid })

    await child.kill()

    expect(await callOwner(key, 'pid')).toBeUndefined()
    await serve({ pid: async () => process.pid })
    expect(await callOwner(key, 'pid')).toEqual({ result: process.pid })
  })
})
