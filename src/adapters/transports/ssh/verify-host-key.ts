import {
  HostKeyChangedError,
  HostKeyRevokedError,
  HostKeyUnknownError,
  type HostKey,
} from '../../../ports/transport-login-errors.ts'
import type { HostConfig } from './host-config.ts'
import { addKnownHost, readKnownHosts } from './known-hosts-file.ts'
import { checkHostKey, fingerprint, keyType, knownHostLine, knownHostName } from './known-hosts.ts'
import type { AcceptHostKey } from './person.ts'

/** @throws HostKeyUnknownError, HostKeyChangedError or HostKeyRevokedError unless the key is known, or accepted now */
export async function verifyHostKey(config: HostConfig, blob: Buffer, accept?: AcceptHostKey): Promise<void> {
  const names = hostKeyNames(config)
  const name = names[0] ?? config.host
  const known = await readKnownHosts([...config.userKnownHostsFiles, ...config.globalKnownHostsFiles])
  const { answer, knownTypes, hasAuthority } = checkHostKey(known, names, blob)
  const key: HostKey = { host: name, type: keyType(blob), fingerprint: fingerprint(blob) }
  if (answer === 'ok') return
  if (answer === 'revoked') throw new HostKeyRevokedError(key)
  if (answer === 'changed') throw new HostKeyChangedError(key, 'and not the one in known_hosts')
  if (answer === 'other-type')
    throw new HostKeyChangedError(key, `and is known by ${knownTypes.join(', ')} only`)
  const file = config.userKnownHostsFiles[0]
  if (accept === undefined || file === undefined || !(await accept(key)))
    throw new HostKeyUnknownError(key, note(hasAuthority))
  await addKnownHost(file, knownHostLine(name, blob, config.hashKnownHosts))
}

/** Key types that the host is known by come first, so that it shows one of those when it has it. */
export async function hostKeyAlgorithms(config: HostConfig): Promise<string[]> {
  const known = await readKnownHosts([...config.userKnownHostsFiles, ...config.globalKnownHostsFiles])
  const nothing = Buffer.from([0, 0, 0, 0])
  const types = hostKeyNames(config).flatMap((name) => checkHostKey(known, [name], nothing).knownTypes)
  const preferred = types
    .flatMap((type) => (type === 'ssh-rsa' ? rsa : [type]))
    .filter((type) => supported.includes(type))
  return [...new Set([...preferred, ...supported])]
}

const rsa = ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa']
const ecdsa = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521']
const supported = ['ssh-ed25519', ...ecdsa, ...rsa]

function hostKeyNames({ host, port, hostKeyAlias }: HostConfig): string[] {
  if (hostKeyAlias !== undefined) return [hostKeyAlias.toLowerCase()]
  return [...new Set([knownHostName(host, port), host.toLowerCase()])]
}

function note(hasAuthority: boolean): string {
  return hasAuthority ? 'A certificate authority vouches for it, which only `via: openssh` can follow.' : ''
}
