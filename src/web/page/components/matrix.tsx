import { useMemo, useRef, useState } from 'preact/hooks'
import type { CandidateInfo, ScreenDetail } from '../../api-types.ts'
import type { CalculationRow } from '../../calculation-row.ts'
import type { CalculationState } from '../../../workflow/calculation-state.ts'
import { allRows, version } from '../live/project.ts'
import { useAnswer } from '../use-answer.ts'
import { tallyOf } from '../tally.ts'
import { MatrixRow } from './matrix-row.tsx'
import { Trouble } from './opening.tsx'
import { StateFilter } from './state-filter.tsx'
import { useMatrixKeys } from './use-matrix-keys.ts'
import { useVirtual } from './use-virtual.ts'

export const matrixRowHeight = 38

/** One line of the matrix: a candidate and its calculation in every step. */
export interface MatrixLine {
  readonly candidate: CandidateInfo
  readonly cells: readonly (CalculationRow | undefined)[]
}

/** Candidates × steps, every state by colour and shape; the arrow keys move, Enter opens. */
export function Matrix({ screenName }: { screenName: string }) {
  const rows = allRows().filter((row) => row.screen === screenName)
  const { value: screen, error } = useAnswer<ScreenDetail>('/api/screen', { name: screenName }, new Set(rows.map((row) => row.candidate)).size)
  const [search, setSearch] = useState('')
  const [states, setStates] = useState<ReadonlySet<CalculationState>>(new Set())
  const steps = useMemo(() => [...new Set(rows.map(({ step }) => step))], [rows.length])
  const lines = useMemo(() => linesOf(screen?.candidates ?? [], rows, steps), [screen, steps, version.value])
  const shown = lines.filter((line) => isWanted(line, search, states))
  if (error !== undefined) return <Trouble error={error} />
  return (
    <section class="card matrix-card" aria-label="Candidates and steps">
      <div class="tools">
        <input type="search" placeholder="Find a structure" aria-label="Find a structure" value={search} onInput={({ currentTarget }) => setSearch(currentTarget.value)} />
        <StateFilter tally={tallyOf(rows)} chosen={states} onChange={setStates} />
      </div>
      <Grid lines={shown} steps={steps} />
      {shown.length === 0 && screen !== undefined && <p class="quiet empty-line">No structure is like that.</p>}
    </section>
  )
}

function Grid({ lines, steps }: { lines: readonly MatrixLine[]; steps: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null)
  const { start, end } = useVirtual(box, lines.length, matrixRowHeight)
  const keys = useMatrixKeys(box, lines, steps.length)
  return (
    <div class="matrix" ref={box} role="grid" aria-label="Calculations" aria-rowcount={lines.length + 1} aria-colcount={steps.length + 1} style={{ '--steps': steps.length }} onKeyDown={keys.onKeyDown}>
      <div class="matrix-row is-head" role="row" aria-rowindex={1}>
        <span role="columnheader">Structure</span>
        {steps.map((step) => (
          <span key={step} role="columnheader">
            {step}
          </span>
        ))}
      </div>
      <div style={{ height: `${start * matrixRowHeight}px` }} role="presentation" />
      {lines.slice(start, end).map((line, n) => (
        <MatrixRow key={line.candidate.id} line={line} steps={steps} index={start + n} focused={keys.focused} onFocus={keys.setFocused} />
      ))}
      <div style={{ height: `${(lines.length - end) * matrixRowHeight}px` }} role="presentation" />
    </div>
  )
}

function linesOf(candidates: readonly CandidateInfo[], rows: readonly CalculationRow[], steps: readonly string[]): readonly MatrixLine[] {
  const byPlace = new Map(rows.map((row) => [`${row.candidate}/${row.step}`, row]))
  return candidates.map((candidate) => ({ candidate, cells: steps.map((step) => byPlace.get(`${candidate.id}/${step}`)) }))
}

function isWanted({ candidate, cells }: MatrixLine, search: string, states: ReadonlySet<CalculationState>): boolean {
  const words = `${candidate.id} ${candidate.dopant ?? 'pristine undoped'} ${candidate.formula} ${candidate.site ?? ''}`.toLowerCase()
  const isFound = search.toLowerCase().split(/\s+/).every((word) => words.includes(word))
  return isFound && (states.size === 0 || cells.some((cell) => cell !== undefined && states.has(cell.state)))
}
