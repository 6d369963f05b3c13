import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { transportContract } from '../../contracts/transport-contract.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

transportContract('the local transport', async () => ({
  transport: localTransport(),
  folder: temporaryFolder(),
}))
