import { signal } from '@preact/signals'

interface Notice {
  readonly id: number
  readonly words: string
  readonly isBad: boolean
}

const notices = signal<readonly Notice[]>([])
let count = 0

/** Says something for a few seconds; bad news stays until it is closed. */
export function say(words: string, isBad = false): void {
  const notice = { id: count++, words, isBad }
  notices.value = [...notices.value, notice].slice(-4)
  if (!isBad) setTimeout(() => close(notice.id), 6000)
}

function close(id: number): void {
  notices.value = notices.value.filter((each) => each.id !== id)
}

export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map(({ id, words, isBad }) => (
        <div key={id} class={isBad ? 'notice is-bad' : 'notice'}>
          <span>{words}</span>
          <button class="icon" aria-label="Close" onClick={() => close(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  )
}
