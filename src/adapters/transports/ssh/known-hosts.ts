import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { matchesPatterns } from './host-pattern.ts'

/** A line of known_hosts. Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
export interface KnownHost {
  readonly marker: '@revoked' | '@cert-authority' | undefined
  readonly hosts: string
  readonly type: string
  /** The key itself, base64. */
  readonly key: string
}

export interface HostKeyAnswer {
  /** `other-type`: the host is known, but by keys of other types than the one it shows. */
  readonly answer: 'ok' | 'unknown' | 'other-type' | 'changed' | 'revoked'
  readonly knownTypes: readonly string[]
  /** The host is vouched for by a certificate authority, which this reader does not follow. */
  readonly hasAuthority: boolean
}

export function parseKnownHosts(text: string): KnownHost[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(?:(@\S+)\s+)?([^\s#@]\S*)\s+(\S+)\s+([A-Za-z0-9+/]+=*)/.exec(line)
    if (match === null) return []
    const [, marker, hosts = '', type = '', key = ''] = match
    if (marker !== undefined && marker !== '@revoked' && marker !== '@cert-authority') return []
    return [{ marker, hosts, type, key }]
  })
}

/** `login.example.org`, or `[login.example.org]:2222` away from port 22. */
export function knownHostName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`
}

/** @param names the name with its port, and the plain one behind it: that one can confirm a key but not contradict it */
export function checkHostKey(
  known: readonly KnownHost[],
  names: readonly string[],
  blob: Buffer,
): HostKeyAnswer {
  const { type, key } = { type: keyType(blob), key: blob.toString('base64') }
  const of = (name: string): KnownHost[] => known.filter((entry) => isFor(entry, name))
  const all = names.flatMap(of)
  const first = of(names[0] ?? '').filter((entry) => entry.marker === undefined)
  const knownTypes = [...new Set(first.map((entry) => entry.type))]
  const hasAuthority = all.some((entry) => entry.marker === '@cert-authority')
  const answer = (): HostKeyAnswer['answer'] => {
    const same = all.filter((entry) => entry.key === key)
    if (same.some((entry) => entry.marker === '@revoked')) return 'revoked'
    if (same.some((entry) => entry.marker === undefined)) return 'ok'
    if (first.length === 0) return 'unknown'
    return knownTypes.includes(type) ? 'changed' : 'other-type'
  }
  return { answer: answer(), knownTypes, hasAuthority }
}

/** A line for a person's known_hosts; hashed where the configuration asks for it. */
export function knownHostLine(name: string, blob: Buffer, isHashed: boolean): string {
  const salt = randomBytes(20)
  const hosts = isHashed ? `|1|${salt.toString('base64')}|${hashOf(name, salt).toString('base64')}` : name
  return `${hosts} ${keyType(blob)} ${blob.toString('base64')}`
}

export function keyType(blob: Buffer): string {
  return blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1')
}

export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

function isFor({ hosts }: KnownHost, name: string): boolean {
  if (!hosts.startsWith('|1|')) return matchesPatterns(name, hosts.split(','))
  const [, , salt = '', hash = ''] = hosts.split('|')
  const [wanted, found] = [Buffer.from(hash, 'base64'), hashOf(name, Buffer.from(salt, 'base64'))]
  return wanted.length === found.length && timingSafeEqual(wanted, found)
}

function hashOf(name: string, salt: Buffer): Buffer {
  return createHmac('sha1', salt).update(name).digest()
}
