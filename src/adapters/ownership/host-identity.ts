import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Where a process id means something. */
export interface HostIdentity {
  readonly host: string
  /** Changes with every start of the machine; empty where the system has none. */
  readonly bootId: string
  /** Containers on one machine do not see each other's processes and abstract sockets. */
  readonly network: string
}

export async function hostIdentity(): Promise<HostIdentity> {
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  const network = await readlink('/proc/self/ns/net').catch(() => '')
  return { host: hostname(), bootId: bootId.trim(), network }
}

/** Could we see the other process if it lived? A restart of the machine ends every process. */
export function isVisibleFrom(here: HostIdentity, there: HostIdentity): boolean {
  if (here.host !== there.host) return false
  return here.bootId !== there.bootId || here.network === there.network
}
