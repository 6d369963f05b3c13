import type { Tally } from '../tally.ts'
import { toneOrder } from '../tally.ts'

/** One strip for a whole screen, a piece for each family of states. */
export function ProgressBar({ tally }: { tally: Tally }) {
  const { total, done } = tally
  const pieces = toneOrder.filter((tone) => (tally.tones.get(tone) ?? 0) > 0)
  return (
    <div class="strip" role="progressbar" aria-label="Finished calculations" aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-valuetext={`${done} of ${total} done`}>
      {pieces.map((tone) => (
        <span key={tone} class={`tone-${tone}`} style={{ flexGrow: tally.tones.get(tone) ?? 0 }} />
      ))}
    </div>
  )
}
