import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadSites } from '../../../src/adapters/config/sites.ts'
import { openTransport } from '../../../src/adapters/transports/open-transport.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

function sitesWith(transport: string) {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'dopant'))
  const rest = 'scheduler: direct, workFolder: /scratch/me, vasp: { program: vasp_std, version: 6.4.2 }'
  writeFileSync(join(folder, 'dopant', 'sites.yaml'), `cluster: { transport: ${transport}, ${rest} }\n`)
  return loadSites(folder, { XDG_CONFIG_HOME: folder })
}

describe('the way to a site', () => {
  it('is SSH by ssh2 over eight channels unless told otherwise', () => {
    const transport = sitesWith('{ kind: ssh, host: login.hpc }').get('cluster')?.transport

    expect(transport).toEqual({ kind: 'ssh', host: 'login.hpc', via: 'ssh2', channels: 8 })
  })

  it('may name user, port, client and configuration', () => {
    const written =
      '{ kind: ssh, host: login.hpc, user: me, port: 2222, via: openssh, configFile: /etc/hpc/config, channels: 4 }'

    expect(sitesWith(written).get('cluster')?.transport).toMatchObject({
      user: 'me',
      port: 2222,
      via: 'openssh',
      channels: 4,
    })
  })

  it.each([
    ['a password', '{ kind: ssh, host: a, password: Tr0ub4dor }'],
    ['a host that is an option of ssh', "{ kind: ssh, host: '-oProxyCommand=Tr0ub4dor' }"],
    ['an unknown client', '{ kind: ssh, host: a, via: Tr0ub4dor }'],
  ])('is refused with %s, which is not repeated', (_, written) => {
    const refused = () => sitesWith(written)

    expect(refused).toThrow(expect.objectContaining({ code: 'SITES_FILE' }))
    expect(refused).not.toThrow(/Tr0ub4dor/)
  })

  it.each(['ssh2', 'openssh'] as const)('by %s is not taken before somebody goes it', async (via) => {
    const settings = { kind: 'ssh', host: 'no-such-host.invalid', via, channels: 8 } as const
    const unused = openTransport(settings, {}, process.env)
    await unused.close()
    const used = openTransport(settings, {}, process.env)

    await expect(used.run({ program: 'true', args: [] })).rejects.toMatchObject({ code: 'SITE_UNREACHABLE' })
    await used.close()
  })
})
