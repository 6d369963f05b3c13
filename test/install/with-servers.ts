import { lookup } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { missingPackages } from './packages.ts'
import { plannedChanges, type SystemChange } from './system-changes.ts'

/** Why nothing can be installed here, or undefined when it can. */
export function whyNotInstall(): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return 'packages are installed with apt-get, which is not here (Debian 12)'
  return process.getuid?.() === 0 ? undefined : 'packages are installed by root only'
}

export async function changesHere(): Promise<readonly SystemChange[]> {
  const { address } = await lookup(hostname(), { family: 4 }).catch(() => ({ address: 'nothing' }))
  return plannedChanges(missingPackages(), address)
}

export function printPlan(changes: readonly SystemChange[]): void {
  const lines = changes.map(({ says, undo }) => `  ${undo === undefined ? 'stays ' : 'undone'}  ${says}`)
  process.stdout.write(`What is changed on this machine:\n${lines.join('\n')}\n`)
}

/**
 * Makes the changes, does the work, and undoes what is not to stay, also after a failure or an interrupt.
 *
 * @returns what `work` returned
 */
export function withChanges<T>(changes: readonly SystemChange[], work: () => T): T {
  const made: SystemChange[] = []
  // The work is interrupted by itself; what was changed is undone first.
  const wait = (): void => undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, wait)
  try {
    for (const change of changes) {
      made.push(change)
      change.make()
    }
    return work()
  } finally {
    for (const change of made.reverse()) change.undo?.()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, wait)
  }
}
