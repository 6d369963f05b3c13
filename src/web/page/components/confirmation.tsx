import { signal } from '@preact/signals'
import { Dialog } from './dialog.tsx'

interface Asked {
  readonly title: string
  readonly words: string
  readonly yes: string
  readonly isGrave: boolean
  readonly settle: (isMeant: boolean) => void
}

const asked = signal<Asked | undefined>(undefined)

/** Asks before something that costs: true when it is meant. */
export function isMeant(question: Omit<Asked, 'settle'>): Promise<boolean> {
  return new Promise((resolve) => {
    asked.value = { ...question, settle: resolve }
  })
}

export function Confirmation() {
  const question = asked.value
  if (question === undefined) return null
  const settle = (answer: boolean): void => {
    asked.value = undefined
    question.settle(answer)
  }
  return (
    <Dialog title={question.title} onClose={() => settle(false)}>
      <p>{question.words}</p>
      <div class="buttons">
        <button onClick={() => settle(false)}>Leave it</button>
        <button class={question.isGrave ? 'main is-grave' : 'main'} onClick={() => settle(true)}>
          {question.yes}
        </button>
      </div>
    </Dialog>
  )
}
