import { afterAll, beforeAll, describe } from 'vitest'
import { openProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { ownerStore, storeHandlers } from '../../../src/adapters/ownership/owner-store.ts'
import { serveOwner } from '../../../src/adapters/ownership/serve-owner.ts'
import { postgresPrograms, startPostgres, type TestServer } from '../../contracts/servers.ts'
import { describeStore } from '../../contracts/store-contract.ts'
import { temporaryProject } from '../../contracts/temporary-project.ts'

describeStore('the store in the embedded database', async () => {
  const project = await temporaryProject()
  const storage = await openProjectStorage({ folder: project.folder, env: {} })
  return {
    store: storage.store,
    close: async () => {
      await storage.close()
      await project.remove()
    },
  }
})

describeStore('the embedded store, seen from another process through its owner', async () => {
  const project = await temporaryProject()
  const storage = await openProjectStorage({ folder: project.folder, env: {} })
  const service = await serveOwner(storage.ownerKey ?? '', storeHandlers(storage.store))
  return {
    store: ownerStore(storage.ownerKey ?? ''),
    close: async () => {
      await service.close()
      await storage.close()
      await project.remove()
    },
  }
})

const programs = postgresPrograms()
describe.skipIf(programs === undefined)('on a PostgreSQL server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startPostgres(programs ?? '')
  })
  afterAll(() => server?.stop())

  describeStore('the store in a PostgreSQL server', async () => {
    const storage = await openProjectStorage({
      folder: '/nowhere/.dopant',
      env: { DATABASE_URL: server.url },
    })
    return { store: storage.store, close: () => storage.close() }
  })
})
