import { calculationStates, type CalculationState } from '../../../workflow/calculation-state.ts'
import { stateLooks } from '../state-look.ts'
import type { Tally } from '../tally.ts'
import { StateMark } from './state-mark.tsx'

interface StateFilterProps {
  readonly tally: Tally
  readonly chosen: ReadonlySet<CalculationState>
  readonly onChange: (chosen: ReadonlySet<CalculationState>) => void
}

/** The legend with counts; pressing a state shows only what is in it. */
export function StateFilter({ tally, chosen, onChange }: StateFilterProps) {
  const toggle = (state: CalculationState): void => {
    const next = new Set(chosen)
    if (!next.delete(state)) next.add(state)
    onChange(next)
  }
  const shown = [...calculationStates].reverse().filter((state) => tally.states.has(state) || chosen.has(state))
  return (
    <div class="state-filter" role="group" aria-label="Show only">
      {shown.map((state) => (
        <button key={state} class={`chip tone-${stateLooks[state].tone}`} aria-pressed={chosen.has(state)} onClick={() => toggle(state)}>
          <StateMark state={state} />
          {stateLooks[state].words} <b>{tally.states.get(state) ?? 0}</b>
        </button>
      ))}
    </div>
  )
}
