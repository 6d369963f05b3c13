import type { Transport } from '../../../ports/transport.ts'
import { breakerTiming, circuitBreaker, type BreakerTiming } from '../remote/circuit-breaker.ts'
import { remoteTransport } from '../remote/remote-transport.ts'
import type { Ask } from './ask.ts'
import { connectRoute } from './connect-route.ts'
import type { KeyRing } from './log-in.ts'
import { resolveRoute } from './resolve-host.ts'
import { sshLink } from './ssh-link.ts'
import { sshShell } from './ssh-shell.ts'
import type { AcceptHostKey } from './verify-host-key.ts'

export interface SshOptions {
  /** A name from ~/.ssh/config, or a host. */
  readonly host: string
  readonly user?: string
  readonly port?: number
  /** Read in the place of ~/.ssh/config and the system's. */
  readonly configFile?: string
  /** Asks the person for passphrases, passwords and one-time codes; without it those are not tried. */
  readonly ask?: Ask
  /** Shows the fingerprint of an unknown host key to a person; without it an unknown key is refused. */
  readonly acceptHostKey?: AcceptHostKey
  /** How many commands and transfers at the same time; servers allow 10 unless told otherwise. */
  readonly channels?: number
  readonly keepAliveSeconds?: number
  readonly loginSeconds?: number
  readonly breaker?: Partial<BreakerTiming>
  readonly environment?: NodeJS.ProcessEnv
}

/**
 * A login node over SSH, spoken by ssh2. Connects when it is first used, with one connection for everything.
 *
 * Keep-alive every 20 s, given up after 3 without an answer: shorter ones drop links that are merely busy.
 */
export function sshTransport(options: SshOptions): Transport {
  const { host, user, port, configFile, environment = process.env } = options
  const ring: KeyRing = new Map()
  const target = { host, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) }
  const connect = async () => {
    const route = await resolveRoute(target, { configFile, environment })
    return connectRoute(route, {
      ask: options.ask,
      acceptHostKey: options.acceptHostKey,
      ring,
      keepAliveSeconds: options.keepAliveSeconds ?? 20,
      keepAliveCount: 3,
      loginSeconds: options.loginSeconds ?? 30,
    })
  }
  const breaker = circuitBreaker(host, { ...breakerTiming, ...options.breaker })
  return remoteTransport(sshShell(host, sshLink(host, breaker, connect), options.channels ?? 8))
}
