import { setTimeout as wait } from 'node:timers/promises'
import { callOwner } from './call-owner.ts'
import { ProjectOwnedError } from './ownership-errors.ts'

/** Longer than a command that only looks has a project, and than an engine needs before it answers. */
const patienceMs = 15_000
const pauseMs = 200

/**
 * Opens a project that another process has for a moment only: a command that looks, or an engine that just starts.
 *
 * @param open called again while the owner is one that answers no questions
 * @throws ProjectOwnedError at once when the owner answers, else after 15 s
 */
export async function afterShortOwners<T>(projectKey: string, open: () => Promise<T>): Promise<T> {
  const untilMs = performance.now() + patienceMs
  for (;;) {
    try {
      return await open()
    } catch (error) {
      const isMomentary = error instanceof ProjectOwnedError && performance.now() < untilMs
      if (!isMomentary || (await callOwner(projectKey, 'ping')) !== undefined) throw error
      await wait(pauseMs)
    }
  }
}
