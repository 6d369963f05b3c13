import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { openSshTransport } from '../../../src/adapters/transports/openssh/openssh-transport.ts'
import { sshTransport, type SshOptions } from '../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import {
  plainEnvironment,
  sshdProgram,
  startSshd,
  testClient,
  type TestClient,
  type TestSshd,
} from './sshd.ts'

export const isAbsent = sshdProgram() === undefined

const quick = { breaker: { baseSeconds: 0.05, capSeconds: 0.5 }, loginSeconds: 10 }

type Make = (options: SshOptions) => Transport

export const variants: readonly (readonly [string, Make])[] = [
  ['ssh2', (options) => sshTransport({ environment: {}, ...quick, ...options })],
  ['OpenSSH', (options) => openSshTransport({ environment: plainEnvironment(), ...quick, ...options })],
]

export interface SshdBed {
  readonly bed: string
  readonly client: TestClient
  server(): TestSshd
  jump(): TestSshd
  /** A transport to `site`, unless told otherwise; closed at the end. */
  open(options?: Partial<SshOptions>): Transport
  /** An empty folder on the site. */
  folder(): string
}

/** A server, a jump host that runs no commands, and a user who may log in to both, for the tests of one `describe`. */
export function sshdBed(make: Make): SshdBed {
  const bed = temporaryFolder()
  const client = testClient(join(bed, 'client'))
  const opened: Transport[] = []
  const servers: TestSshd[] = []
  const at = (index: number) => (): TestSshd => {
    const server = servers[index]
    if (server === undefined) throw new Error('the server has not been started yet')
    return server
  }
  beforeAll(async () => {
    const server = await startSshd(join(bed, 'server'), { authorized: client.publicKey })
    const lines = [
      'AllowTcpForwarding local',
      `PermitOpen 127.0.0.1:${server.port}`,
      'ForceCommand /bin/false',
    ]
    const jump = await startSshd(join(bed, 'jump'), { authorized: client.publicKey, lines })
    servers.push(server, jump)
    client.addHost('site', server)
    client.addHost('gate', jump)
    client.addHost('inner', server, ['ProxyJump gate'])
    for (const one of servers) client.trust(one)
  })
  afterAll(async () => {
    await Promise.all(opened.map((transport) => transport.close()))
    await Promise.all(servers.map((server) => server.stop()))
  })
  const open = (options: Partial<SshOptions> = {}): Transport => {
    const transport = make({ host: 'site', configFile: client.configFile, ...options })
    opened.push(transport)
    return transport
  }
  return { bed, client, server: at(0), jump: at(1), open, folder: () => mkdtempSync(join(bed, 'site-')) }
}
