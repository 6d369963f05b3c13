import { afterAll, beforeAll, describe } from 'vitest'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { openSshTransport } from '../../../src/adapters/transports/openssh/openssh-transport.ts'
import { sshTransport } from '../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { transportContract } from '../../contracts/transport-contract.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { sshdProgram, startSshd, plainEnvironment, testClient, type TestSshd } from './sshd.ts'

describe.skipIf(sshdProgram() === undefined)('over a real OpenSSH server', () => {
  let server: TestSshd
  const opened: Transport[] = []
  const bed = temporaryFolder()
  const client = testClient(join(bed, 'client'))

  beforeAll(async () => {
    server = await startSshd(join(bed, 'server'), { authorized: client.publicKey })
    client.addHost('site', server)
    client.trust(server)
  })
  afterAll(async () => {
    await Promise.all(opened.map((transport) => transport.close()))
    await server.stop()
  })

  const shared = (make: () => Transport) => {
    let transport: Transport | undefined
    return async () => {
      if (transport === undefined) opened.push((transport = make()))
      return { transport, folder: mkdtempSync(join(bed, 'site-')) }
    }
  }

  transportContract(
    'ssh2',
    shared(() => sshTransport({ host: 'site', configFile: client.configFile, environment: {} })),
  )
  transportContract(
    'the system’s OpenSSH client',
    shared(() =>
      openSshTransport({ host: 'site', configFile: client.configFile, environment: plainEnvironment() }),
    ),
  )
})
