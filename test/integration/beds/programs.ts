import { existsSync } from 'node:fs'
import { lookup } from 'node:dns/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Where a program is, also one that only administrators have in their PATH. */
export function pathOf(program: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(':'),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/lib/gridengine',
  ]
  return folders.map((folder) => join(folder, program)).find(existsSync)
}

/** `a, b not installed (Debian: …)` for what is not here. @param packages Debian's packages, by the programs they bring */
export function whyMissing(packages: Readonly<Record<string, string>>): string | undefined {
  const missing = Object.keys(packages).filter((program) => pathOf(program) === undefined)
  if (missing.length === 0) return undefined
  const names = new Set(missing.map((program) => packages[program]))
  return `${missing.join(', ')} not installed (Debian: ${[...names].join(' ')})`
}

/** Batch systems bind to the address of the host's name; anything else than loopback stays untouched. */
export async function whyHostNameIsOutside(): Promise<string | undefined> {
  const address = await lookup(hostname(), { family: 4 }).then(
    ({ address }) => address,
    () => 'nothing',
  )
  return address.startsWith('127.') ? undefined : `the host name resolves to ${address}, not to loopback`
}

export function whyNotRoot(what: string): string | undefined {
  return process.getuid?.() === 0 ? undefined : `${what} runs only for root`
}
