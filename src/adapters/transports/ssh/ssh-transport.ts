import type { Transport } from '../../../ports/transport.ts'
import { silenceOf, silenceTiming, type SilenceTiming } from '../silence.ts'
import { breakerTiming, circuitBreaker, type BreakerTiming } from '../remote/circuit-breaker.ts'
import { remoteTransport } from '../remote/remote-transport.ts'
import { attention } from './attention.ts'
import { connectRoute } from './connect-route.ts'
import type { KeyRing } from './log-in.ts'
import type { Person } from './person.ts'
import { resolveRoute } from './resolve-host.ts'
import { sshLink } from './ssh-link.ts'
import { sshShell } from './ssh-shell.ts'

/** Without a person, questions are not tried and an unknown host key is refused. */
export interface SshOptions extends Person {
  /** A name from ~/.ssh/config, or a host. */
  readonly host: string
  readonly user?: string
  readonly port?: number
  /** Read in the place of ~/.ssh/config and the system's. */
  readonly configFile?: string
  /** How many commands and transfers at the same time; servers allow 10 unless told otherwise. */
  readonly channels?: number
  readonly keepAliveSeconds?: number
  readonly loginSeconds?: number
  readonly breaker?: Partial<BreakerTiming>
  readonly silence?: Partial<SilenceTiming>
  readonly environment?: NodeJS.ProcessEnv
  /** Called each time a connection stands. */
  readonly onConnected?: () => void
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
  const asking = attention(host, options)
  const connect = async () => {
    await asking.comeBack()
    const route = await resolveRoute(target, { configFile, environment })
    const connected = await connectRoute(route, {
      person: asking.person,
      ring,
      keepAliveSeconds: options.keepAliveSeconds ?? 20,
      keepAliveCount: 3,
      loginSeconds: options.loginSeconds ?? 30,
    })
    options.onConnected?.()
    return connected
  }
  const breaker = circuitBreaker(host, { ...breakerTiming, ...options.breaker })
  return remoteTransport(sshShell(host, sshLink(host, breaker, connect, asking), options.channels ?? 8), silenceOf(host, { ...silenceTiming, ...options.silence }))
}
