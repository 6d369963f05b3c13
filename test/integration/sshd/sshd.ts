import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort, until } from '../../contracts/servers.ts'
import { connect } from 'node:net'

/** A real OpenSSH server of the test's own: on 127.0.0.1, with keys and files in a folder of its own, ended by its process id. */
export interface TestSshd {
  readonly port: number
  readonly folder: string
  /** The home folder that its sessions see. */
  readonly home: string
  /** `host key` line of the server for a known_hosts file. */
  readonly hostKey: string
  start(): Promise<void>
  /** Ends the listener and all sessions. */
  stop(): Promise<void>
  /** Ends the sessions only, as a cut line or a restarted login node does. Returns how many there were. */
  killSessions(): number
}

/** The path of the server's program, or undefined with a reason on the console. */
export function sshdProgram(): string | undefined {
  const found = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find(existsSync)
  if (found === undefined) console.warn('skipped: no OpenSSH server is installed (Debian: openssh-server)')
  return found
}

export async function startSshd(
  folder: string,
  options: {
    readonly lines?: readonly string[]
    readonly authorized: string
    readonly environment?: Readonly<Record<string, string>>
    /** Another path of the same program: its name is the name of its PAM service. */
    readonly program?: string
  },
): Promise<TestSshd> {
  mkdirSync(join(folder, 'home'), { recursive: true })
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 }) // sshd insists on it as root
  const port = await freePort()
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'host_key')])
  writeFileSync(join(folder, 'authorized_keys'), options.authorized)
  const environment = { HOME: join(folder, 'home'), ...options.environment }
  writeFileSync(join(folder, 'sshd_config'), serverConfig(folder, port, environment, options.lines ?? []))
  let child: ChildProcess | undefined
  const server: TestSshd = {
    port,
    folder,
    home: join(folder, 'home'),
    hostKey: readFileSync(join(folder, 'host_key.pub'), 'utf8').split(' ').slice(0, 2).join(' '),
    async start() {
      const args = ['-D', '-f', join(folder, 'sshd_config'), '-E', join(folder, 'sshd.log')]
      const listener = spawn(options.program ?? sshdProgram() ?? 'sshd', args, { stdio: 'ignore' })
      const { pid } = listener
      const endIt = (): void => void (pid !== undefined && end(pid))
      process.once('exit', endIt)
      listener.once('exit', () => process.off('exit', endIt))
      child = listener
      await until(() => listens(port), 20_000)
    },
    async stop() {
      const listener = child
      if (listener?.pid === undefined || listener.exitCode !== null || listener.signalCode !== null) return
      const gone = new Promise((resolve) => {
        listener.once('exit', resolve)
      })
      const sessions = childrenOf(listener.pid)
      listener.kill()
      for (const pid of sessions) end(pid)
      await gone
    },
    killSessions() {
      const sessions = child?.pid === undefined ? [] : childrenOf(child.pid)
      for (const pid of sessions) end(pid)
      return sessions.length
    },
  }
  await server.start()
  return server
}

function serverConfig(
  folder: string,
  port: number,
  environment: Readonly<Record<string, string>>,
  lines: readonly string[],
): string {
  const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  return [
    ...lines, // of two, sshd takes the first
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host_key')}`,
    `PidFile ${join(folder, 'sshd.pid')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'UseDNS no',
    'PrintMotd no',
    'PermitRootLogin yes',
    'PasswordAuthentication yes',
    'KbdInteractiveAuthentication no',
    'MaxStartups 200:30:400',
    `SetEnv ${pairs.join(' ')}`,
    '',
  ].join('\n')
}

function childrenOf(pid: number): number[] {
  const listing = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
  const rows = listing.split('\n').map((line) => line.trim().split(/\s+/))
  return rows
    .filter(([, parent, state]) => Number(parent) === pid && state?.startsWith('Z') !== true)
    .map(([id]) => Number(id))
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** Keys and configuration of a user on this side, in a folder of their own. */
export interface TestClient {
  readonly folder: string
  readonly configFile: string
  readonly knownHostsFile: string
  readonly keyFile: string
  readonly publicKey: string
  /** Adds a `Host` block. */
  addHost(alias: string, server: TestSshd, lines?: readonly string[]): void
  trust(server: TestSshd): void
}

export function testClient(folder: string): TestClient {
  mkdirSync(folder, { recursive: true })
  const at = (name: string): string => join(folder, name)
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('id_ed25519')])
  writeFileSync(at('config'), '')
  const append = (name: string, text: string): void => writeFileSync(at(name), text, { flag: 'a' })
  return {
    folder,
    configFile: at('config'),
    knownHostsFile: at('known_hosts'),
    keyFile: at('id_ed25519'),
    publicKey: readFileSync(at('id_ed25519.pub'), 'utf8'),
    addHost(alias, server, lines = []) {
      const fixed = [
        `HostName 127.0.0.1`,
        `Port ${server.port}`,
        `User ${userInfo().username}`,
        `IdentityFile ${at('id_ed25519')}`,
        'IdentitiesOnly yes',
        `UserKnownHostsFile ${at('known_hosts')}`,
        'GlobalKnownHostsFile /dev/null',
      ]
      append('config', [`Host ${alias}`, ...lines, ...fixed, ''].join('\n'))
    },
    trust: (server) => append('known_hosts', `[127.0.0.1]:${server.port} ${server.hostKey}\n`),
  }
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** This process's environment without an agent that happens to run here. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { SSH_AUTH_SOCK: _agent, ...rest } = process.env
  return rest
}
