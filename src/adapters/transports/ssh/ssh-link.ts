import type { Client } from 'ssh2'
import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import type { CircuitBreaker } from '../remote/circuit-breaker.ts'
import type { Attention } from './attention.ts'
import type { Route } from './connect-route.ts'

/** One connection for everybody, made when it is first needed and made anew after it was lost. */
export interface SshLink {
  client(signal?: AbortSignal): Promise<Client>
  close(): Promise<void>
}

const goodbyeMs = 1000

export function sshLink(
  host: string,
  breaker: CircuitBreaker,
  connect: () => Promise<Route>,
  asking: Pick<Attention, 'within'>,
): SshLink {
  let current: Promise<Route> | undefined
  let isClosed = false

  const open = async (): Promise<Route> => {
    const route = await breaker.connect(connect)
    if (isClosed) route.close()
    return route
  }
  const forget = (one: Promise<Route>): void => {
    if (current === one) current = undefined
  }
  const shared = (): Promise<Route> => {
    if (isClosed) return Promise.reject(new SiteUnreachableError(host, 'this connection has been closed'))
    if (current !== undefined) return current
    const mine = open()
    current = mine
    mine.then(
      ({ client }) => void client.once('close', () => forget(mine)),
      () => forget(mine),
    )
    return mine
  }
  return {
    client: async (signal) => (await untilAborted(asking.within(shared()), signal)).client,
    async close() {
      isClosed = true
      const route = await current?.catch(() => undefined)
      if (route !== undefined) await sayGoodbye(route)
    },
  }
}

/** The connection is shared: whoever gives up waiting for it does not take it from the others. */
async function untilAborted<T>(waited: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return waited
  signal.throwIfAborted()
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([waited, aborted]).finally(() => signal.removeEventListener('abort', stop))
}

function sayGoodbye({ client, close }: Route): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => client.destroy(), goodbyeMs)
    client.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    close()
  })
}
