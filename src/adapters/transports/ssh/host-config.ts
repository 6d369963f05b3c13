import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { SshConfigError } from '../../../ports/transport-login-errors.ts'

/** Keywords in lower case, each with its values in the order of the files. */
export type RawConfig = ReadonlyMap<string, readonly string[]>

/** What is needed to reach one host, resolved. */
export interface HostConfig {
  /** The name that was asked for. */
  readonly alias: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly identityFiles: readonly string[]
  readonly identitiesOnly: boolean
  /** Socket of the agent; undefined when there is none or it is not to be used. */
  readonly agent: string | undefined
  readonly jumps: readonly JumpHost[]
  readonly proxyCommand: string | undefined
  readonly hostKeyAlias: string | undefined
  readonly userKnownHostsFiles: readonly string[]
  readonly globalKnownHostsFiles: readonly string[]
  readonly hashKnownHosts: boolean
}

export interface JumpHost {
  readonly host: string
  readonly user?: string
  readonly port?: number
}

export function hostConfig(alias: string, raw: RawConfig, environment: NodeJS.ProcessEnv): HostConfig {
  const first = (key: string): string | undefined => raw.get(key)?.[0]
  const user = first('user') ?? userInfo().username
  const port = Number(first('port') ?? 22)
  const host = (first('hostname') ?? alias).replaceAll('%h', alias).replaceAll('%%', '%')
  const expand = (text: string): string => expandTokens(text, { alias, host, port, user })
  const proxyCommand = unlessNone(first('proxycommand'))
  return {
    alias,
    host,
    port,
    user,
    identityFiles: (raw.get('identityfile') ?? defaultKeys).filter((file) => file !== 'none').map(expand),
    identitiesOnly: first('identitiesonly') === 'yes',
    agent: agentSocket(first('identityagent'), environment, expand),
    // OpenSSH takes whichever comes first in its files; of both, its own -G prints only that one.
    jumps: proxyCommand === undefined ? parseJumps(unlessNone(first('proxyjump'))) : [],
    proxyCommand:
      proxyCommand === undefined ? undefined : expandCommand(proxyCommand, { alias, host, port, user }),
    hostKeyAlias: first('hostkeyalias'),
    userKnownHostsFiles: files(first('userknownhostsfile') ?? '~/.ssh/known_hosts ~/.ssh/known_hosts2').map(
      expand,
    ),
    globalKnownHostsFiles: files(
      first('globalknownhostsfile') ?? '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2',
    ),
    hashKnownHosts: first('hashknownhosts') === 'yes',
  }
}

// Source: ssh_config(5), IdentityFile; hardware keys (…_sk) need the system's client.
const defaultKeys = ['~/.ssh/id_rsa', '~/.ssh/id_ecdsa', '~/.ssh/id_ed25519']

/** `[user@]host[:port]`, also as a URI, several with commas. @throws SshConfigError */
export function parseJumps(list: string | undefined): JumpHost[] {
  return (list?.split(',') ?? []).map((text) => {
    const match = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:@]+)(?::(\d+))?\/?$/.exec(text.trim())
    if (match === null) throw new SshConfigError(`ProxyJump ${text} is not of the form user@host:port.`)
    const [, user, host = '', port] = match
    const bare = host.replaceAll(/[[\]]/g, '')
    return {
      host: bare,
      ...(user === undefined ? {} : { user }),
      ...(port === undefined ? {} : { port: Number(port) }),
    }
  })
}

interface Tokens {
  readonly alias: string
  readonly host: string
  readonly port: number
  readonly user: string
}

function expandTokens(text: string, tokens: Tokens): string {
  const home = homedir()
  return expandCommand(text, tokens)
    .replace(/^~(?=\/|$)/, home)
    .replaceAll('${HOME}', home)
}

// Source: ssh_config(5), TOKENS.
function expandCommand(text: string, { alias, host, port, user }: Tokens): string {
  const local = userInfo()
  const values: Readonly<Record<string, string>> = {
    '%': '%',
    d: homedir(),
    h: host,
    i: String(local.uid),
    k: alias,
    n: alias,
    p: String(port),
    r: user,
    u: local.username,
  }
  return text.replaceAll(/%([%dhiknpru])/g, (whole, token: string) => values[token] ?? whole)
}

function agentSocket(
  setting: string | undefined,
  environment: NodeJS.ProcessEnv,
  expand: (text: string) => string,
): string | undefined {
  if (setting === 'none') return undefined
  if (setting === undefined || setting === 'SSH_AUTH_SOCK') return environment['SSH_AUTH_SOCK']
  return setting.startsWith('$') ? environment[setting.slice(1).replaceAll(/[{}]/g, '')] : expand(setting)
}

function unlessNone(value: string | undefined): string | undefined {
  return value?.toLowerCase() === 'none' ? undefined : value
}

function files(list: string): string[] {
  return list.split(/\s+/).filter((file) => file !== '' && file !== 'none')
}

export function defaultConfigFile(): string {
  return join(homedir(), '.ssh', 'config')
}
