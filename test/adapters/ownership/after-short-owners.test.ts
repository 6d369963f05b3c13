import { describe, expect, it } from 'vitest'
import { afterShortOwners } from '../../../src/adapters/ownership/after-short-owners.ts'
import { ownProject } from '../../../src/adapters/ownership/own-project.ts'
import { ProjectOwnedError } from '../../../src/adapters/ownership/ownership-errors.ts'
import { projectKey } from '../../../src/adapters/ownership/project-key.ts'
import { serveOwner } from '../../../src/adapters/ownership/serve-owner.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('a project that somebody else has', () => {
  it('is waited for while that process answers no questions, as a command that only looks', async () => {
    const folder = temporaryFolder()
    const short = await ownProject(folder)
    setTimeout(() => void short.release(), 500)

    const owned = await afterShortOwners(await projectKey(folder), () => ownProject(folder))

    expect(owned.key).toBe(short.key)
    await owned.release()
  })

  it('is refused at once when an engine answers', async () => {
    const folder = temporaryFolder()
    const engine = await ownProject(folder)
    const service = await serveOwner(engine.key, { ping: async () => process.pid })
    let tries = 0

    const opening = afterShortOwners(engine.key, () => {
      tries++
      return ownProject(folder)
    })

    await expect(opening).rejects.toThrow(ProjectOwnedError)
    expect(tries).toBe(1)
    await service.close()
    await engine.release()
  })
})
