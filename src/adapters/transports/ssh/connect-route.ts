import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import { connectHop, type ConnectOptions } from './connect-hop.ts'
import type { HostConfig } from './host-config.ts'

/** A connection to the last host of a route, over all the others. */
export interface Route {
  readonly client: Client
  close(): void
}

/** One host after the other, each with its own keys and its own host key. */
export async function connectRoute(hosts: readonly HostConfig[], options: ConnectOptions): Promise<Route> {
  const closers: (() => void)[] = []
  const close = (): void => {
    for (const end of closers.splice(0).reverse()) end()
  }
  try {
    let client: Client | undefined
    for (const host of hosts) {
      const through = client === undefined ? proxy(host, closers) : await forward(client, host)
      const next: Client = await connectHop(host, options, through)
      closers.push(() => next.end())
      client = next
    }
    if (client === undefined) throw new Error('a route without hosts')
    client.once('close', close)
    return { client, close }
  } catch (error) {
    close()
    throw error
  }
}

function proxy({ proxyCommand }: HostConfig, closers: (() => void)[]): Duplex | undefined {
  if (proxyCommand === undefined) return undefined
  const child = spawn('/bin/sh', ['-c', `exec ${proxyCommand}`], { stdio: ['pipe', 'pipe', 'ignore'] })
  closers.push(() => child.kill())
  const both = Duplex.from({ readable: child.stdout, writable: child.stdin }) as Duplex
  child.once('error', (error) => both.destroy(error))
  return both
}

function forward(client: Client, { alias, host, port }: HostConfig): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const lost = (): void =>
      reject(new SiteUnreachableError(alias, 'the connection to the jump host was lost'))
    client.once('close', lost)
    client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
      client.off('close', lost)
      if (error)
        reject(
          new SiteUnreachableError(alias, `the jump host does not reach ${host}:${port} (${error.message})`, {
            cause: error,
          }),
        )
      else resolve(stream)
    })
  })
}
