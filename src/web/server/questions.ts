import { randomUUID } from 'node:crypto'
import type { Person } from '../../adapters/transports/ssh/person.ts'
import type { QuestionInfo } from '../api-types.ts'

/** Questions of connections (password, one-time code, unknown host key) that wait for an answer in the page. */
export interface Questions {
  readonly person: Person
  readonly open: () => readonly QuestionInfo[]
  /** False when nobody waits for it any more. The answer is handed on and kept nowhere. */
  readonly answer: (id: string, answer: string) => boolean
  readonly listen: (listener: () => void) => () => void
  /** Nobody will answer any more. */
  readonly stop: () => void
}

/** How long a connection waits for a person. */
const patienceMs = 5 * 60_000

export function newQuestions(say: (line: string) => void): Questions {
  const open = new Map<string, { readonly info: QuestionInfo; readonly settle: (answer: string | undefined) => void }>()
  const listeners = new Set<() => void>()
  const tell = (): void => listeners.forEach((listener) => listener())

  const put = (kind: QuestionInfo['kind'], prompt: string): Promise<string | undefined> =>
    new Promise((resolve) => {
      const info = { id: randomUUID(), kind, prompt, askedMs: Date.now() }
      const timer = setTimeout(() => settle(undefined), patienceMs)
      const settle = (answer: string | undefined): void => {
        clearTimeout(timer)
        open.delete(info.id)
        resolve(answer)
        tell()
      }
      open.set(info.id, { info, settle })
      say('A site asks for an answer; the dashboard shows the question.')
      tell()
    })

  const ask: Person['ask'] = async (prompt, { echo }) => {
    const answer = await put(echo ? 'text' : 'secret', prompt)
    if (answer === undefined) throw new Error('no answer was given')
    return answer
  }
  const acceptHostKey: Person['acceptHostKey'] = async ({ host, type, fingerprint }) =>
    (await put('host-key', `${host} is not known yet. It shows this host key:\n${type} ${fingerprint}`)) === 'yes'

  return {
    person: { ask, acceptHostKey },
    open: () => [...open.values()].map(({ info }) => info),
    answer: (id, answer) => {
      const found = open.get(id)
      found?.settle(answer)
      return found !== undefined
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: () => [...open.values()].forEach(({ settle }) => settle(undefined)),
  }
}
