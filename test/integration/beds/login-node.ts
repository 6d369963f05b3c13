import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sshTransport } from '../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { startSshd, testClient, type TestClient, type TestSshd } from '../sshd/sshd.ts'
import { pathOf } from './programs.ts'

/** The login node of a batch system: a real OpenSSH server behind a real jump host that runs no commands. */
export interface LoginNode {
  readonly client: TestClient
  readonly server: TestSshd
  /** A connection through the jump host; closed by `stop`. */
  open(): Transport
  /** An empty folder on the site. */
  emptyFolder(): string
  /** How many connections the server has let in. */
  connections(): number
  /** How often a program of the batch system was called through this node. */
  calls(program: string): number
  stop(): Promise<void>
}

/** The `Host` of the client's configuration that goes through the jump host. */
export const loginHost = 'login'

/**
 * @param environment of its sessions, such as SLURM_CONF
 * @param counted programs of the batch system whose calls are counted
 */
export async function startLoginNode(
  folder: string,
  environment: Readonly<Record<string, string>>,
  counted: readonly string[] = [],
): Promise<LoginNode> {
  const client = testClient(join(folder, 'client'))
  const bin = join(folder, 'bin')
  const path = `${bin}:${environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'}`
  mkdirSync(bin, { recursive: true })
  for (const program of counted) writeCounting(bin, program, environment['PATH'])
  const authorized = client.publicKey
  const server = await startSshd(join(folder, 'server'), {
    authorized,
    environment: { ...environment, PATH: path },
  })
  const lines = ['AllowTcpForwarding local', `PermitOpen 127.0.0.1:${server.port}`, 'ForceCommand /bin/false']
  const jump = await startSshd(join(folder, 'jump'), { authorized, lines })
  client.addHost('gate', jump)
  client.addHost(loginHost, server, ['ProxyJump gate'])
  for (const one of [server, jump]) client.trust(one)
  const opened: Transport[] = []
  return {
    client,
    server,
    open() {
      const transport = sshTransport({ host: loginHost, configFile: client.configFile, environment: {} })
      opened.push(transport)
      return transport
    },
    emptyFolder: () => mkdtempSync(join(folder, 'site-')),
    connections: () => linesOf(join(server.folder, 'sshd.log')).filter((line) => line.startsWith('Accepted ')).length,
    calls: (program) => linesOf(join(bin, `${program}.calls`)).length,
    async stop() {
      await Promise.all(opened.map((transport) => transport.close()))
      await Promise.all([jump.stop(), server.stop()])
    },
  }
}

/** Jobs get this PATH too, and ask the batch system once for their end: that is no call of the login node. */
function writeCounting(bin: string, program: string, path = ''): void {
  const inPath = path.split(':').map((folder) => join('/', folder, program))
  const real = inPath.find(existsSync) ?? pathOf(program)
  if (real === undefined) throw new Error(`${program} is not installed`)
  writeFileSync(join(bin, program), `#!/bin/sh\n[ -n "$SLURM_JOB_ID$PBS_JOBID$JOB_ID$LSB_JOBID" ] || echo "$*" >>'${bin}/${program}.calls'\nexec ${real} "$@"\n`)
  chmodSync(join(bin, program), 0o755)
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1)
  } catch {
    return []
  }
}
