import { useState } from 'preact/hooks'
import type { QuestionInfo } from '../../api-types.ts'
import { postJson } from '../api.ts'
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

function Question({ question: { id, kind, prompt } }: { question: QuestionInfo }) {
  const [text, setText] = useState('')
  const answer = async (given: string): Promise<void> => {
    setText('')
    const { isTaken } = await postJson<{ isTaken: boolean }>('/api/answer', { id, answer: given })
    if (!isTaken) say('The site does not wait for this answer any more.', true)
  }
  if (kind === 'host-key') {
    return (
      <div class="question">
        <pre>{prompt}</pre>
        <p>Compare it with the key that the site publishes.</p>
        <div class="buttons">
          <button onClick={() => void answer('no')}>It differs</button>
          <button class="main" onClick={() => void answer('yes')}>
            It is the same
          </button>
        </div>
      </div>
    )
  }
  const onSubmit = (event: Event): void => {
    event.preventDefault()
    void answer(text)
  }
  const field = { autocomplete: 'one-time-code', value: text, onInput: (event: Event) => setText((event.currentTarget as HTMLInputElement).value) } as const
  return (
    <form class="question" onSubmit={onSubmit}>
      <label>
        <span>{prompt}</span>
        {kind === 'secret' ? <input type="password" {...field} /> : <input type="text" {...field} />}
      </label>
      <button class="main">Answer</button>
    </form>
  )
}
