import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveRoute } from '../../../../src/adapters/transports/ssh/resolve-host.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'
import { hasProgram } from './login-shell-here.ts'

const folder = temporaryFolder()
mkdirSync(join(folder, 'more.d'))
const configFile = join(folder, 'config')
writeFileSync(
  configFile,
  `# a person's file
Include ${folder}/more.d/*.conf
Host plain
  HostName login1.example.org
  User = "chem user"
  Port 2222
Host *.hpc !bad.hpc
  HostName %h.example.org
  IdentityFile ~/.ssh/first
  User first
Host login.hpc
  User second
  IdentityFile /keys/%r@%h
  IdentitiesOnly yes
Host inner
  ProxyJump jumper@gate:2200,second
Host second
  ProxyJump not-taken
Host gate
  HostName gate.example.org
  ProxyJump outermost
Host commanded
  ProxyCommand nc -X 5 %h %p
  ProxyJump gate
Host circle
  ProxyJump circle
Match originalhost matched user me
  Port 77
Match host *.example.org
  HostKeyAlias one-for-all
Match exec "false"
  Port 1
Host *
  ServerAliveInterval 7
  UserKnownHostsFile /k/one /k/two
`,
)
writeFileSync(join(folder, 'more.d', 'a.conf'), 'Host included\n  HostName from-include\n')

const environment = { ...process.env, SSH_AUTH_SOCK: '/agent' }
const readers = [
  ['our own reader', true],
  ...(hasProgram('ssh') ? [['OpenSSH', false] as const] : []),
] as const

describe.each(readers)('the configuration as %s understands it', (_, withoutOpenSsh) => {
  const route = (host: string, user?: string) =>
    resolveRoute(
      { host, ...(user === undefined ? {} : { user }) },
      { configFile, environment, withoutOpenSsh },
    )
  const last = async (host: string, user?: string) => (await route(host, user)).at(-1)

  it('gives host, port and user', async () => {
    expect(await last('plain')).toMatchObject({
      host: 'login1.example.org',
      port: 2222,
      user: 'chem user',
      agent: '/agent',
      jumps: [],
    })
  })

  it('takes the first value, adds up identity files, and expands what stands for something', async () => {
    const config = await last('login.hpc')

    expect(config).toMatchObject({ host: 'login.hpc.example.org', user: 'first', identitiesOnly: true })
    expect(config?.identityFiles.map((file) => file.replace(/^.*\.ssh/, '.ssh'))).toEqual([
      '.ssh/first',
      '/keys/first@login.hpc.example.org',
    ])
  })

  it('leaves out what a pattern takes back', async () => {
    expect(await last('bad.hpc')).toMatchObject({ host: 'bad.hpc' })
  })

  it('follows Include', async () => {
    expect(await last('included')).toMatchObject({
      host: 'from-include',
      userKnownHostsFiles: ['/k/one', '/k/two'],
    })
  })

  it('follows Match by host and user', async () => {
    expect(await last('matched', 'me')).toMatchObject({ port: 77, user: 'me' })
    expect(await last('matched', 'you')).toMatchObject({ port: 22 })
    expect(await last('plain')).toMatchObject({ hostKeyAlias: 'one-for-all' })
  })

  it('finds the whole way through jump hosts, the first of which has one of its own', async () => {
    const hosts = (await route('inner')).map(({ alias, host, port, user }) => ({ alias, host, port, user }))

    expect(hosts.map(({ alias }) => alias)).toEqual(['outermost', 'gate', 'second', 'inner'])
    expect(hosts[1]).toMatchObject({ host: 'gate.example.org', port: 2200, user: 'jumper' })
  })

  it('takes the ProxyCommand that comes before a ProxyJump', async () => {
    expect(await last('commanded')).toMatchObject({ proxyCommand: 'nc -X 5 commanded 22', jumps: [] })
  })

  it('refuses a jump that leads to itself, and a name that is an option', async () => {
    await expect(route('circle')).rejects.toMatchObject({ code: 'SSH_CONFIG' })
    await expect(route('-oProxyCommand=true')).rejects.toMatchObject({ code: 'SSH_CONFIG' })
  })
})
