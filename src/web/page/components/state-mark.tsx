import type { CalculationState } from '../../../workflow/calculation-state.ts'
import { stateLooks } from '../state-look.ts'

/** A state by shape and colour. Alone it is named for screen readers; beside its word it is silent. */
export function StateMark({ state, isAlone = false, size = 16 }: { state: CalculationState; isAlone?: boolean; size?: number }) {
  const { words, tone, outline, isFilled, sign } = stateLooks[state]
  const named = isAlone ? { role: 'img' as const, 'aria-label': words } : { 'aria-hidden': true }
  return (
    <svg {...named} class={`mark tone-${tone}${isFilled ? ' is-filled' : ''}${state === 'running' ? ' is-running' : ''}`} width={size} height={size} viewBox="0 0 16 16">
      <path class="outline" d={outline} stroke-dasharray={state === 'planned' ? '1.6 1.8' : undefined} />
      <path class="sign" d={sign} />
    </svg>
  )
}

export function StateWord({ state }: { state: CalculationState }) {
  return (
    <span class={`state tone-${stateLooks[state].tone}`}>
      <StateMark state={state} />
      {stateLooks[state].words}
    </span>
  )
}
