import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { SshConfigError } from '../../../ports/transport-login-errors.ts'
import { hostConfig, type HostConfig, type JumpHost, type RawConfig } from './host-config.ts'
import { readSshConfig } from './read-ssh-config.ts'

const run = promisify(execFile)

export interface ResolveOptions {
  /** In the place of ~/.ssh/config and the system's. */
  readonly configFile?: string | undefined
  readonly environment: NodeJS.ProcessEnv
  /** Own reader even where OpenSSH could be asked. */
  readonly withoutOpenSsh?: boolean
}

/** The way to a host: its jump hosts first, itself last. @throws SshConfigError */
export async function resolveRoute(target: JumpHost, options: ResolveOptions): Promise<HostConfig[]> {
  return route(target, undefined, options, 0)
}

/**
 * As OpenSSH does it: of `ProxyJump a,b` the last is reached through the others; only the first may have jumps of its own.
 */
async function route(
  target: JumpHost,
  through: readonly JumpHost[] | undefined,
  options: ResolveOptions,
  depth: number,
): Promise<HostConfig[]> {
  if (depth > 10) throw new SshConfigError(`ProxyJump for ${target.host} goes round in a circle.`)
  const config = await resolveHost(target, options)
  const jumps = through ?? config.jumps
  const last = jumps.at(-1)
  if (last === undefined) return [config]
  const rest = jumps.slice(0, -1)
  return [...(await route(last, rest.length === 0 ? undefined : rest, options, depth + 1)), config]
}

export async function resolveHost(target: JumpHost, options: ResolveOptions): Promise<HostConfig> {
  const { host } = target
  if (!/^[^-\s][^\s]*$/.test(host))
    throw new SshConfigError(`${JSON.stringify(host)} is not the name of a host.`)
  const raw =
    (options.withoutOpenSsh === true ? undefined : await askOpenSsh(target, options)) ??
    readSshConfig(target, options)
  return hostConfig(host, raw, options.environment)
}

/** What `ssh -G` makes of all files, Include and Match; undefined where there is no OpenSSH. */
async function askOpenSsh(
  { host, user, port }: JumpHost,
  { configFile, environment }: ResolveOptions,
): Promise<RawConfig | undefined> {
  const args = [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
  ]
  try {
    const { stdout } = await run('ssh', ['-G', ...args, '--', host], { env: environment, timeout: 20_000 })
    return parseAnswer(stdout)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const said =
      String((cause as { stderr?: unknown }).stderr ?? '')
        .trim()
        .split('\n')
        .at(-1) ?? ''
    throw new SshConfigError(`OpenSSH does not accept the configuration for ${host}: ${said}`, { cause })
  }
}

function parseAnswer(text: string): RawConfig {
  const raw = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [, key = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? []
    if (key !== '') raw.set(key, [...(raw.get(key) ?? []), value])
  }
  return raw
}
