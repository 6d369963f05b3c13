import type { CalculationRow } from '../../../calculation-row.ts'
import { act, canDo } from '../../act.ts'

const cancellable = new Set(['planned', 'ready', 'staged', 'submit-unknown', 'queued', 'running', 'suspended', 'paused', 'blocked', 'failed'])
const pausable = new Set(['planned', 'ready', 'staged'])

/** What a person may do with it now; what costs is asked first. */
export function CalculationActions({ row }: { row: CalculationRow }) {
  const ids = [row.id]
  const spent = 'What the job has calculated so far is lost, its core-hours are spent; everything that waits for it stops too.'
  return (
    <div class="buttons">
      {canDo('retry') && row.state === 'failed' && (
        <button class="main" onClick={() => void act('retry', { ids }, { title: 'Try again?', words: 'A new attempt is submitted and costs core-hours.', yes: 'Try again' })}>
          Try again
        </button>
      )}
      {canDo('pause') && pausable.has(row.state) && <button onClick={() => void act('pause', { ids })}>Pause</button>}
      {canDo('resume') && row.state === 'paused' && (
        <button class="main" onClick={() => void act('resume', { ids })}>
          Go on
        </button>
      )}
      {canDo('priority') && (row.state === 'ready' || row.state === 'planned') && <button onClick={() => void act('priority', { ids, priority: 1 })}>Do it first</button>}
      {canDo('cancel') && cancellable.has(row.state) && (
        <button onClick={() => void act('cancel', { ids }, { title: `Cancel ${row.id}?`, words: spent, yes: 'Cancel it', isGrave: true })}>Cancel</button>
      )}
    </div>
  )
}
