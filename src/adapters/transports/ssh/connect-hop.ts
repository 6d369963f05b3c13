import type { Duplex } from 'node:stream'
import ssh2, { type Client, type ClientErrorExtensions, type ServerHostKeyAlgorithm } from 'ssh2'
import { explainConnecting } from './explain-connecting.ts'
import type { HostConfig } from './host-config.ts'
import { beginLogin, type KeyRing, type Login } from './log-in.ts'
import { pausableDeadline, type PausableDeadline } from './pausable-deadline.ts'
import type { Person } from './person.ts'
import { hostKeyAlgorithms, verifyHostKey } from './verify-host-key.ts'

export interface ConnectOptions {
  readonly person: Person
  readonly ring: KeyRing
  readonly keepAliveSeconds: number
  readonly keepAliveCount: number
  /** For everything up to the login, without the time in which a person is asked. */
  readonly loginSeconds: number
}

interface Connecting {
  readonly client: Client
  readonly login: Login
  readonly deadline: PausableDeadline
  refusal: unknown
}

/** A client that is logged in. @param through what to speak over in the place of a new TCP connection */
export async function connectHop(
  config: HostConfig,
  options: ConnectOptions,
  through?: Duplex,
): Promise<Client> {
  const deadline = pausableDeadline(options.loginSeconds)
  const ask = deadline.pausing(options.person.ask)
  const login = await beginLogin(config, options.ring, ask)
  const connecting: Connecting = { client: new ssh2.Client(), login, deadline, refusal: undefined }
  const serverHostKey = (await hostKeyAlgorithms(config)) as ServerHostKeyAlgorithm[]
  try {
    return await new Promise((resolve, reject) => {
      listen(connecting, config, resolve, reject)
      connecting.client.connect({
        ...(through === undefined ? { host: config.host, port: config.port } : { sock: through }),
        username: config.user,
        algorithms: { serverHostKey },
        keepaliveInterval: options.keepAliveSeconds * 1000,
        keepaliveCountMax: options.keepAliveCount,
        readyTimeout: 0,
        authHandler: (left, _, next) => offerNext(connecting, left as readonly string[] | null, next),
        hostVerifier: (blob: Buffer, verify: (isKnown: boolean) => void) => {
          verifyHostKey(config, blob, deadline.pausing(options.person.acceptHostKey)).then(
            () => verify(true),
            (error: unknown) => {
              connecting.refusal = error
              verify(false)
            },
          )
        },
      })
    })
  } finally {
    deadline.end()
  }
}

function listen(
  connecting: Connecting,
  config: HostConfig,
  resolve: (client: Client) => void,
  reject: (error: unknown) => void,
): void {
  const { client, login, deadline } = connecting
  const fail = (error: Error & ClientErrorExtensions): void => {
    if (error.level === 'agent') return // ssh2 goes on with the next method by itself
    reject(explainConnecting(config, error, login, connecting.refusal))
    client.destroy()
  }
  client.setMaxListeners(0)
  client.on('error', fail) // stays, so that a late one is not thrown at the process
  client.once('close', () => fail(new Error('the connection was closed before the login was through')))
  client.once('ready', () => {
    client.setNoDelay(true)
    resolve(client)
  })
  deadline.onEnd(() => fail(Object.assign(new Error('the login took too long'), { level: 'client-timeout' })))
}

function offerNext(
  { login, client }: Connecting,
  left: readonly string[] | null,
  next: (method: never) => void,
): void {
  login.next(left ?? undefined).then(
    (method) => next(method as never),
    (error: Error) => client.emit('error', Object.assign(error, { level: 'client-authentication' })),
  )
}
