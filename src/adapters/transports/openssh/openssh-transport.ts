import type { Transport } from '../../../ports/transport.ts'
import { silenceOf, silenceTiming, type SilenceTiming } from '../silence.ts'
import { breakerTiming, circuitBreaker, type BreakerTiming } from '../remote/circuit-breaker.ts'
import { remoteTransport } from '../remote/remote-transport.ts'
import { controlMaster } from './control-master.ts'
import { openSshShell } from './openssh-shell.ts'

export interface OpenSshOptions {
  readonly host: string
  readonly user?: string
  readonly port?: number
  readonly configFile?: string
  readonly channels?: number
  readonly keepAliveSeconds?: number
  readonly loginSeconds?: number
  readonly breaker?: Partial<BreakerTiming>
  readonly silence?: Partial<SilenceTiming>
  readonly environment?: NodeJS.ProcessEnv
  /** Called each time a connection was opened; one that stood already is used without. */
  readonly onConnected?: () => void
}

/**
 * A login node over the system's own OpenSSH client with a control socket: for certificates, GSSAPI, hardware keys, and
 * for connections that a person opened by hand with a one-time code. It asks nothing by itself.
 */
export function openSshTransport(options: OpenSshOptions): Transport {
  const { host, user, port, configFile, environment = process.env } = options
  const master = controlMaster({
    host,
    user,
    port,
    configFile,
    environment,
    keepAliveSeconds: options.keepAliveSeconds ?? 20,
    loginSeconds: options.loginSeconds ?? 30,
    onConnected: options.onConnected ?? (() => undefined),
    breaker: circuitBreaker(host, { ...breakerTiming, ...options.breaker }),
  })
  return remoteTransport(openSshShell(host, master, options.channels ?? 8, environment), silenceOf(host, { ...silenceTiming, ...options.silence }))
}
