import type { CalculationState } from '../../../workflow/calculation-state.ts'
import { act, canDo } from '../act.ts'
import type { Tally } from '../tally.ts'

/** What a person may do with a whole screen; what costs is asked first. */
export function ScreenActions({ name, tally }: { name: string; tally: Tally }) {
  const ids = [name]
  const count = (...states: readonly CalculationState[]): number => states.reduce((sum, state) => sum + (tally.states.get(state) ?? 0), 0)
  const [failed, waiting, held, open] = [count('failed'), count('planned', 'ready', 'staged'), count('paused'), count('queued', 'running', 'suspended', 'submit-unknown')]
  const again = { title: `Try ${failed} again?`, words: 'Each gets another attempt, which costs core-hours.', yes: 'Try again' }
  const stop = { title: `Cancel ${name}?`, words: `${open} jobs are stopped and what they have calculated is lost; nothing more is submitted.`, yes: 'Cancel the screen', isGrave: true }
  return (
    <div class="buttons">
      {canDo('retry') && failed > 0 && <button onClick={() => void act('retry', { ids }, again)}>Retry {failed} failed</button>}
      {canDo('pause') && waiting > 0 && <button onClick={() => void act('pause', { ids })}>Pause</button>}
      {canDo('resume') && held > 0 && <button onClick={() => void act('resume', { ids })}>Go on</button>}
      {canDo('cancel') && open + waiting + held > 0 && <button onClick={() => void act('cancel', { ids }, stop)}>Cancel</button>}
    </div>
  )
}
