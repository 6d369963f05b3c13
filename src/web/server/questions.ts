import type { Person } from '../../adapters/transports/ssh/person.ts'
import { questionDesk, type OpenQuestion } from '../../adapters/transports/ssh/question-desk.ts'
import type { QuestionInfo } from '../api-types.ts'

/** Questions of connections (password, one-time code, unknown host key) that wait for an answer in the page. */
export interface Questions {
  readonly person: Person
  readonly open: () => readonly QuestionInfo[]
  /** False when nobody waits for it any more. The answer is handed on and kept nowhere; none at all declines. */
  readonly answer: (id: string, answer: string | null) => boolean
  readonly listen: (listener: () => void) => () => void
  /** Nobody will answer any more. */
  readonly stop: () => void
}

export function newQuestions(say: (line: string) => void): Questions {
  const listeners = new Set<() => void>()
  const tell = (): void => listeners.forEach((listener) => listener())
  const desk = questionDesk(() => {
    say('A site asks for an answer: the dashboard shows the question.')
    tell()
  })
  return {
    person: desk.person,
    open: () => desk.open().map(questionInfo),
    answer: (id, answer) => {
      const isTaken = answer === null ? desk.decline(id) : desk.answer(id, answer)
      tell()
      return isTaken
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: () => desk.open().forEach(({ id }) => desk.decline(id)),
  }
}

function questionInfo({ id, prompt, echo, askedAt }: OpenQuestion): QuestionInfo {
  const kind = !echo ? 'secret' : /\(yes\/no\)\?\s*$/.test(prompt) ? 'yes-or-no' : 'text'
  return { id, kind, prompt: prompt.trim(), askedMs: Date.parse(askedAt) }
}
