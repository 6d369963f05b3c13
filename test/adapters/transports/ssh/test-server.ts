import { spawn } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ssh2, { type AuthContext, type Connection } from 'ssh2'

/** A server that lets in whom the test says, and runs commands on this machine: for logins that need accounts elsewhere. */
export interface LoginServer {
  readonly port: number
  readonly configFile: string
  readonly knownHostsFile: string
  readonly logins: () => number
  readonly sessionsAtMost: () => number
  /** Cuts every connection; new ones may come. */
  drop(): void
  close(): void
}

export async function loginServer(
  folder: string,
  options: {
    readonly decide: (context: AuthContext) => void
    readonly maxSessions?: number
    readonly configLines?: readonly string[]
  },
): Promise<LoginServer> {
  const keyFile = join(folder, 'host_key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', keyFile])
  let [logins, open, most] = [0, 0, 0]
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [readFileSync(keyFile)] }, (connection) => {
    connections.add(connection)
    connection.on('error', () => undefined)
    connection.on('authentication', (context) => {
      if (context.method !== 'none') logins++
      options.decide(context)
    })
    connection.on('session', (accept, reject) => {
      if (open >= (options.maxSessions ?? 10)) return reject()
      most = Math.max(most, ++open)
      const session = accept()
      session.on('exec', (acceptExec, _, { command }) => {
        const channel = acceptExec()
        const child = spawn('sh', ['-c', command])
        channel.pipe(child.stdin).on('error', () => undefined)
        child.stdout.pipe(channel, { end: false })
        child.stderr.pipe(channel.stderr, { end: false })
        channel.once('close', () => open--)
        child.once('close', (code) => {
          channel.exit(code ?? 255)
          channel.end()
        })
      })
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as { port: number }
  const [configFile, knownHostsFile] = [join(folder, 'config'), join(folder, 'known_hosts')]
  const hostKey = readFileSync(`${keyFile}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')
  writeFileSync(knownHostsFile, `[127.0.0.1]:${port} ${hostKey}\n`)
  const own = options.configLines ?? ['IdentityFile none', 'IdentitiesOnly yes']
  const lines = [
    'HostName 127.0.0.1',
    `Port ${port}`,
    'User chemist',
    `UserKnownHostsFile ${knownHostsFile}`,
    'GlobalKnownHostsFile /dev/null',
    ...own,
  ]
  writeFileSync(configFile, `Host site\n  ${lines.join('\n  ')}\n`)
  const drop = (): void => {
    for (const connection of connections) connection.end()
    connections.clear()
  }
  const close = (): void => {
    drop()
    server.close()
  }
  return { port, configFile, knownHostsFile, logins: () => logins, sessionsAtMost: () => most, drop, close }
}
