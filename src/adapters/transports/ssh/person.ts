import type { HostKey } from '../../../ports/transport-login-errors.ts'

/** Asks the person in front: a password, a passphrase, a one-time code. The answer is used once and kept nowhere. */
export type Ask = (prompt: string, options: { readonly echo: boolean }) => Promise<string>

/** A person's answer to an unknown key, after comparing the fingerprint. */
export type AcceptHostKey = (key: HostKey) => Promise<boolean>

/** Whoever can answer while a connection is made; nobody, when it is made unattended. */
export interface Person {
  readonly ask?: Ask
  readonly acceptHostKey?: AcceptHostKey
  /** After so long a question makes callers go on without the site instead of waiting; for ever when absent. */
  readonly patienceSeconds?: number
}
