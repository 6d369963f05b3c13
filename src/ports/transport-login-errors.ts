import { KnownError } from '../base/known-error.ts'

/** The site did not let us in. Never retryable: repeated attempts lock accounts. */
export class AuthenticationError extends KnownError {
  readonly code = 'SSH_AUTHENTICATION'
  readonly remedy: string
  override readonly exitCode = 3
  constructor(login: string, reason: string, remedy?: string, options?: ErrorOptions) {
    super(`${login} was not let in: ${reason}`, options)
    this.remedy =
      remedy ??
      `Make \`ssh ${login}\` work in a terminal (key, agent or password), then run the command again.`
  }
}

/** What a person compares before trusting a server for the first time. */
export interface HostKey {
  /** As in known_hosts: `login.example.org` or `[login.example.org]:2222`. */
  readonly host: string
  readonly type: string
  /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string
}

export class HostKeyUnknownError extends KnownError {
  readonly code = 'HOST_KEY_UNKNOWN'
  readonly remedy: string
  override readonly exitCode = 3
  readonly key: HostKey
  constructor(key: HostKey, note = '') {
    super(
      `The host key of ${key.host} is not known yet: ${key.type} ${key.fingerprint}.${note === '' ? '' : ` ${note}`}`,
    )
    this.key = key
    this.remedy =
      'Compare the fingerprint with the one your site publishes and accept it in a terminal, with `dopant site check` or `ssh`.'
  }
}

/** Somebody else may be answering: nothing is sent, and nothing is tried again in this process. */
export class HostKeyChangedError extends KnownError {
  readonly code = 'HOST_KEY_CHANGED'
  readonly remedy: string
  override readonly exitCode = 3
  readonly key: HostKey
  constructor(key: HostKey, known: string) {
    super(
      `The host key of ${key.host} is not the known one: it shows ${key.type} ${key.fingerprint}, ${known}.`,
    )
    this.key = key
    this.remedy = `Ask the site's administrators whether the key was replaced; only then remove the old one with \`ssh-keygen -R '${key.host}'\`.`
  }
}

export class HostKeyRevokedError extends KnownError {
  readonly code = 'HOST_KEY_REVOKED'
  readonly remedy = 'Do not connect; ask the administrators of the site for their present key.'
  override readonly exitCode = 3
  readonly key: HostKey
  constructor(key: HostKey) {
    super(`${key.host} shows a host key that is marked as revoked: ${key.type} ${key.fingerprint}.`)
    this.key = key
  }
}

export class SshConfigError extends KnownError {
  readonly code = 'SSH_CONFIG'
  readonly remedy = 'Correct the SSH configuration; `ssh -G HOST` shows what OpenSSH makes of it.'
  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options)
  }
}

/** Both sides speak SSH, and have no algorithm in common. */
export class SshNegotiationError extends KnownError {
  readonly code = 'SSH_NEGOTIATION'
  readonly remedy =
    'Set `via: openssh` for this site, so that the system’s own SSH client makes the connection.'
  override readonly exitCode = 3
  constructor(host: string, reason: string, options?: ErrorOptions) {
    super(`No common language with ${host}: ${reason}`, options)
  }
}

/** Somebody is being asked, and has not answered yet. Nothing was sent; the question stays open. */
export class LoginWaitsError extends KnownError {
  readonly code = 'LOGIN_WAITS'
  readonly remedy =
    'Answer it where dopant runs, at its terminal or in its dashboard; everything goes on by itself then.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(host: string) {
    super(`${host} asks for a password or a code, and waits for a person.`)
  }
}
