import { randomUUID } from 'node:crypto'
import type { Person } from './person.ts'

/** Something that a site wants to know from a person before it goes on. */
export interface OpenQuestion {
  readonly id: string
  /** With the login that it is about: `(me@login.example.org) Verification code: `. */
  readonly prompt: string
  /** May the answer be shown while it is typed? */
  readonly echo: boolean
  readonly askedAt: string
}

/** Where questions lie until somebody answers them, from wherever: a dashboard, a message, another terminal. */
export interface QuestionDesk {
  /** Puts what it is asked on the desk, and waits. */
  readonly person: Person
  open(): readonly OpenQuestion[]
  /** The answer is handed on and kept nowhere. False when the question is no longer there. */
  answer(id: string, text: string): boolean
  /** Nobody will answer: the login fails, and is not tried again for ten minutes. */
  decline(id: string): boolean
}

interface Waiting {
  readonly question: OpenQuestion
  readonly resolve: (text: string) => void
  readonly reject: (error: Error) => void
}

/** @param onAsked called for every new question */
export function questionDesk(onAsked: (question: OpenQuestion) => void = () => undefined, now = () => new Date()): QuestionDesk {
  const waiting = new Map<string, Waiting>()
  const ask = (prompt: string, { echo }: { readonly echo: boolean }): Promise<string> => {
    const question = { id: randomUUID(), prompt, echo, askedAt: now().toISOString() }
    const answered = new Promise<string>((resolve, reject) => waiting.set(question.id, { question, resolve, reject }))
    onAsked(question)
    return answered
  }
  const take = (id: string): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    return found
  }
  return {
    person: {
      ask,
      acceptHostKey: async ({ host, type, fingerprint }) => {
        const text = `${host} is not known yet. It shows the host key ${type} ${fingerprint}. Is it the one that your site publishes (yes/no)? `
        return (await ask(text, { echo: true })).trim().toLowerCase() === 'yes'
      },
    },
    open: () => [...waiting.values()].map(({ question }) => question),
    answer(id, text) {
      const found = take(id)
      found?.resolve(text)
      return found !== undefined
    },
    decline(id) {
      const found = take(id)
      found?.reject(new Error('no answer was given'))
      return found !== undefined
    },
  }
}
