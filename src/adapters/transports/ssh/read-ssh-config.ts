import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { SshConfigError } from '../../../ports/transport-login-errors.ts'
import { defaultConfigFile, type JumpHost, type RawConfig } from './host-config.ts'
import { matchesPatterns } from './host-pattern.ts'

interface Reading {
  readonly target: JumpHost
  readonly values: Map<string, string[]>
}

/**
 * ~/.ssh/config for machines without OpenSSH: Host, Include, and Match with all, host, originalhost, user and localuser.
 * A Match by anything else never matches. The first value wins; identity files add up. Source: ssh_config(5).
 */
export function readSshConfig(
  target: JumpHost,
  { configFile }: { readonly configFile?: string | undefined },
): RawConfig {
  const values = new Map<string, string[]>()
  if (target.user !== undefined) values.set('user', [target.user])
  if (target.port !== undefined) values.set('port', [String(target.port)])
  const reading = { target, values }
  if (configFile !== undefined) readOne(configFile, join(homedir(), '.ssh'), reading, 0)
  else {
    readOne(defaultConfigFile(), join(homedir(), '.ssh'), reading, 0)
    readOne('/etc/ssh/ssh_config', '/etc/ssh', reading, 0)
  }
  return values
}

function readOne(file: string, base: string, reading: Reading, depth: number): void {
  if (depth > 16) throw new SshConfigError(`${file} is included by itself.`)
  if (!existsSync(file)) return
  let isActive = true
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [key = '', ...args] = words(line)
    const keyword = key.toLowerCase()
    if (keyword === 'host') isActive = matchesPatterns(reading.target.host, args)
    else if (keyword === 'match') isActive = matchHolds(args, reading)
    else if (isActive && keyword === 'include')
      for (const found of args.flatMap((arg) => included(arg, base))) readOne(found, base, reading, depth + 1)
    else if (isActive && keyword !== '') keep(reading.values, keyword, args)
  }
}

/** `Key value`, `Key=value`, `Key "a b"`; a command is kept as it stands. */
function words(line: string): string[] {
  const [, key, rest = ''] = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? []
  if (key === undefined) return []
  if (/^proxycommand$/i.test(key)) return [key, rest]
  const args = [...rest.matchAll(/"([^"]*)"|(#.*)|(\S+)/g)].filter(([, , comment]) => comment === undefined)
  return [key, ...args.map(([, quoted, , plain]) => quoted ?? plain ?? '')]
}

function keep(values: Map<string, string[]>, keyword: string, args: readonly string[]): void {
  const value = args.join(' ')
  if (keyword === 'identityfile') values.set(keyword, [...(values.get(keyword) ?? []), value])
  else if (keyword === 'proxyjump' || keyword === 'proxycommand') {
    // Whichever of the two comes first is the way; the other one counts no more.
    if (!values.has('proxyjump') && !values.has('proxycommand')) values.set(keyword, [value])
  } else if (!values.has(keyword)) values.set(keyword, [value])
}

function matchHolds(args: readonly string[], { target, values }: Reading): boolean {
  const host = values.get('hostname')?.[0]?.replaceAll('%h', target.host) ?? target.host
  const local = userInfo().username
  const facts: Readonly<Record<string, string>> = {
    host,
    originalhost: target.host,
    user: values.get('user')?.[0] ?? local,
    localuser: local,
  }
  const rest = [...args]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [isNegated, name] = [word.startsWith('!'), word.replace(/^!/, '').toLowerCase()]
    if (name === 'all') continue
    const fact = facts[name]
    if (fact === undefined || matchesPatterns(fact, (rest.shift() ?? '').split(',')) === isNegated)
      return false
  }
  return true
}

function included(pattern: string, base: string): string[] {
  const path = pattern.replace(/^~(?=\/)/, homedir())
  const full = isAbsolute(path) ? path : join(base, path)
  if (!/[*?]/.test(full)) return [full]
  const folder = dirname(full)
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  return names.filter((name) => matchesPatterns(name, [basename(full)])).map((name) => join(folder, name))
}
