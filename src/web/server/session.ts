import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** The secrets of one run of the dashboard; a new start has new ones. */
export interface Session {
  /** In the printed link; exchanged for the cookie. */
  readonly linkToken: string
  readonly cookieName: string
  readonly cookieValue: string
  /** Readable for our own page only; without it no POST is answered. */
  readonly csrfToken: string
}

/** Cookies are shared between the ports of a host: the name tells two dashboards apart. */
export function newSession(port: number): Session {
  return { linkToken: secret(), cookieName: `dopant-${port}`, cookieValue: secret(), csrfToken: secret() }
}

/** Compares in constant time, whatever the lengths. */
export function isSecret(given: string | undefined, expected: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}
