import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSshTransport } from '../../../src/adapters/transports/openssh/openssh-transport.ts'
import { sshTransport, type SshOptions } from '../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { caught } from './observing.ts'
import { oneTimeCodes, whyNoOneTimeCodes, type OneTimeCodes } from './one-time-codes.ts'
import { plainEnvironment, startSshd, testClient, type TestSshd } from './sshd.ts'

const reason = whyNoOneTimeCodes()
const said = reason === undefined ? '' : ` (skipped: ${reason})`

describe.skipIf(reason !== undefined)(
  `a login node that asks for a key and a one-time code, behind a jump host${said}`,
  () => {
    const bed = temporaryFolder()
    const client = testClient(join(bed, 'client'))
    const servers: TestSshd[] = []
    const opened: Transport[] = []
    let codes: OneTimeCodes
    beforeAll(async () => {
      codes = oneTimeCodes(bed)
      const authorized = client.publicKey
      const { program, lines } = codes
      const site = await startSshd(join(bed, 'site'), { authorized, program, lines })
      const permitted = ['AllowTcpForwarding local', `PermitOpen 127.0.0.1:${site.port}`]
      const gate = await startSshd(join(bed, 'gate'), {
        authorized,
        lines: [...permitted, 'ForceCommand /bin/false'],
      })
      servers.push(site, gate)
      client.addHost('gate', gate)
      client.addHost('site', site, ['ProxyJump gate'])
      for (const each of servers) client.trust(each)
    })
    afterAll(async () => {
      await Promise.all(opened.map((transport) => transport.close()))
      await Promise.all(servers.map((server) => server.stop()))
      codes?.remove()
    })
    const open = (options: Partial<SshOptions> = {}): Transport => {
      const common = { host: 'site', configFile: client.configFile, environment: {} }
      const transport = sshTransport({ ...common, ...options })
      opened.push(transport)
      return transport
    }
    const hello = (transport: Transport) => transport.run({ program: 'echo', args: ['in'] })

    it('is entered once with the code that a person types, and then carries many commands', async () => {
      const asked: string[] = []
      const ask = async (prompt: string): Promise<string> => (asked.push(prompt), codes.code())
      const transport = open({ ask })

      const results = await Promise.all(Array.from({ length: 10 }, () => hello(transport)))

      expect(results.map(({ stdout }) => stdout)).toEqual(new Array(10).fill('in\n'))
      expect(asked).toHaveLength(1)
      expect(asked[0]).toMatch(/One-time password/)
    })

    it('refuses a wrong code, and the error holds nothing of it', async () => {
      const error = await caught(hello(open({ ask: async () => '123' })))

      expect(error).toMatchObject({ code: 'SSH_AUTHENTICATION' })
      expect(error.message).not.toContain('123')
    })

    it('says what it takes where nobody can be asked', async () => {
      expect(await caught(hello(open()))).toMatchObject({
        code: 'SSH_AUTHENTICATION',
        message: expect.stringContaining('keyboard-interactive') as string,
      })
    })

    it('is not entered by the system’s OpenSSH client, which asks nobody', async () => {
      const options = { host: 'site', configFile: client.configFile, environment: plainEnvironment() }
      const transport = openSshTransport({ ...options, loginSeconds: 10 })
      opened.push(transport)

      expect(await caught(hello(transport))).toMatchObject({ code: 'SSH_AUTHENTICATION' })
    })
  },
)
