import { useState } from 'preact/hooks'
import type { QuestionInfo } from '../../api-types.ts'
import { ApiError, postJson } from '../api.ts'
import { questions } from '../live/start-live.ts'
import { say } from './notices.tsx'

/** What connections wait for: passwords, one-time codes, unknown host keys. Answers are handed on and kept nowhere. */
export function Questions() {
  return (
    <section class="questions" aria-label="A site asks" role="alert">
      {questions.value.map((question) => (
        <Question key={question.id} question={question} />
      ))}
    </section>
  )
}

async function send(id: string, answer: string | null): Promise<void> {
  try {
    const { isTaken } = await postJson<{ isTaken: boolean }>('/api/answer', { id, answer })
    if (!isTaken) say('The site does not wait for this answer any more.', true)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    say(`${error.message} ${error.remedy}`, true)
  }
}

function Question({ question }: { question: QuestionInfo }) {
  return question.kind === 'yes-or-no' ? <Choice question={question} /> : <Entry question={question} />
}

function Choice({ question: { id, prompt } }: { question: QuestionInfo }) {
  return (
    <div class="question">
      <p>{prompt}</p>
      <div class="buttons">
        <button onClick={() => void send(id, 'no')}>No</button>
        <button class="main" onClick={() => void send(id, 'yes')}>
          Yes, it is
        </button>
      </div>
    </div>
  )
}

function Entry({ question: { id, kind, prompt } }: { question: QuestionInfo }) {
  const [text, setText] = useState('')
  const onSubmit = (event: Event): void => {
    event.preventDefault()
    setText('')
    void send(id, text)
  }
  const field = { autocomplete: 'one-time-code', value: text, onInput: (event: Event) => setText((event.currentTarget as HTMLInputElement).value) } as const
  return (
    <form class="question" onSubmit={onSubmit}>
      <label>
        <span>{prompt}</span>
        {kind === 'secret' ? <input type="password" {...field} /> : <input type="text" {...field} />}
      </label>
      <button type="button" onClick={() => void send(id, null)}>
        Not now
      </button>
      <button class="main">Answer</button>
    </form>
  )
}
