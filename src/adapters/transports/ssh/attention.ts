import { AuthenticationError, LoginWaitsError } from '../../../ports/transport-login-errors.ts'
import type { Person } from './person.ts'

/** Keeps count of the questions that a person has open, so that those who wait for the connection can be told. */
export interface Attention {
  /** The same person, watched. */
  readonly person: Person
  /** A site that has asked before asks again: nothing is sent to it before somebody is there. @throws AuthenticationError */
  comeBack(): Promise<void>
  /**
   * What was waited for, unless a person keeps it waiting for longer than their patience.
   *
   * @throws LoginWaitsError
   */
  within<T>(work: Promise<T>): Promise<T>
}

export function attention(host: string, person: Person): Attention {
  let open = 0
  let since = 0
  let hasAsked = false
  const watchers = new Set<() => void>()
  const watched = <A extends readonly unknown[], T>(ask: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      hasAsked = true
      if (open++ === 0) since = performance.now()
      for (const watch of watchers) watch()
      try {
        return await ask(...args)
      } finally {
        open -= 1
      }
    }
  }
  const { patienceSeconds } = person
  const ask = person.ask && watched(person.ask)
  const acceptHostKey = person.acceptHostKey && watched(person.acceptHostKey)
  return {
    person: { ...(ask && { ask }), ...(acceptHostKey && { acceptHostKey }) },
    async comeBack() {
      if (!hasAsked || ask === undefined) return
      try {
        await ask(`${host} asks for a password or code again. Press Enter when you have it at hand: `, { echo: true })
      } catch (cause) {
        throw new AuthenticationError(host, 'nobody answered its questions', undefined, { cause })
      }
    },
    within(work) {
      if (patienceSeconds === undefined) return work
      let timer: NodeJS.Timeout | undefined
      let watch = (): void => undefined
      const overdue = new Promise<never>((_, reject) => {
        watch = () => {
          clearTimeout(timer)
          if (open === 0) return
          const leftMs = since + patienceSeconds * 1000 - performance.now()
          timer = setTimeout(() => (open > 0 ? reject(new LoginWaitsError(host)) : undefined), Math.max(0, leftMs))
        }
        watchers.add(watch)
        watch()
      })
      return Promise.race([work, overdue]).finally(() => {
        clearTimeout(timer)
        watchers.delete(watch)
      })
    },
  }
}
