import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import {
  AuthenticationError,
  HostKeyChangedError,
  HostKeyRevokedError,
  HostKeyUnknownError,
  SshConfigError,
} from '../../../ports/transport-login-errors.ts'

/**
 * What the system's client meant. Its words are those of OpenSSH 7 to 10, from its sources (ssh.c, sshconnect.c, sshconnect2.c).
 *
 * @param said its stderr with -v
 * @param loginHint how a person logs in by hand, for sites that ask questions
 */
export function explainOpenSsh(host: string, said: string, loginHint: string): Error {
  const key = hostKey(host, said)
  if (/REVOKED HOST KEY DETECTED|marked as revoked/.test(said)) return new HostKeyRevokedError(key)
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|host key for .* has changed/i.test(said))
    return new HostKeyChangedError(key, 'and not the one in known_hosts')
  if (/Host key verification failed|host key is known for/i.test(said)) return new HostKeyUnknownError(key)
  if (/Bad configuration option|terminating, .* bad configuration/i.test(said))
    return new SshConfigError(lastWords(said))
  if (/Permission denied|Too many authentication failures/i.test(said)) {
    const badKey = /Permissions (\d+) for '([^']+)' are too open/.exec(said)
    const remedy =
      badKey === null
        ? loginHint
        : `Run \`chmod 600 ${badKey[2]}\`: others may read that key, so it was not used.`
    return new AuthenticationError(host, lastWords(said), remedy)
  }
  return new SiteUnreachableError(host, lastWords(said))
}

function hostKey(host: string, said: string) {
  const shown = [...said.matchAll(/debug1: Server host key: (\S+) (SHA256:\S+)/g)].at(-1)
  return { host, type: shown?.[1] ?? 'unknown type', fingerprint: shown?.[2] ?? 'unknown fingerprint' }
}

/** The last line that is not part of the client's own protocol of events. */
function lastWords(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  const plain = lines.filter(
    (line) => line !== '' && !/^(debug\d|OpenSSH_|Authenticated|Transferred|Bytes per)/.test(line),
  )
  return plain.at(-1) ?? 'ssh ended without a word'
}
