import { useState } from 'preact/hooks'
import type { StructureAnswer } from '../../../calculation-api.ts'
import { useAnswer } from '../../use-answer.ts'
import { Trouble } from '../opening.tsx'
import { Crystal } from './crystal.tsx'
import { LargestShifts } from './largest-shifts.tsx'

type Side = 'before' | 'after'

/** The atoms before and after, in 3D, with how far each has gone. */
export function StructureCard({ id, version }: { id: string; version: number }) {
  const { value, error } = useAnswer<StructureAnswer>('/api/structure', { id }, version)
  const [chosen, setChosen] = useState<Side>('after')
  const [showsArrows, setShowsArrows] = useState(true)
  const [showsLabels, setShowsLabels] = useState(false)
  const [cells, setCells] = useState(1)
  const [picked, setPicked] = useState<number | undefined>(undefined)
  if (error !== undefined) return <Trouble error={error} />
  if (value === undefined) return <section class="card padded viewer-card" aria-busy="true" />
  const side: Side = value[chosen] === null ? (chosen === 'after' ? 'before' : 'after') : chosen
  const scene = value[side]
  if (scene === null) return null
  const isMoved = value.displacements.length > 0
  // Arrows lead from the old places to the new ones.
  const arrows = isMoved && showsArrows && side === 'before' ? value.displacements : []
  return (
    <section class="card padded viewer-card" aria-label="Structure">
      <div class="viewer-tools">
        <h2>Structure</h2>
        <div class="segments" role="group" aria-label="Which geometry">
          {(['before', 'after'] as const).map((each) => (
            <button key={each} aria-pressed={side === each} disabled={value[each] === null} onClick={() => setChosen(each)}>
              {each === 'before' ? 'Before' : 'After'}
            </button>
          ))}
        </div>
        <Toggle words="Names" isOn={showsLabels} onChange={setShowsLabels} />
        {isMoved && <Toggle words="Shifts × 4" isOn={showsArrows && side === 'before'} onChange={(isOn) => (setShowsArrows(isOn), setChosen(isOn ? 'before' : side))} />}
        <Toggle words="2 × 2 cells" isOn={cells === 2} onChange={(isOn) => setCells(isOn ? 2 : 1)} />
      </div>
      <Crystal view={{ scene, labels: value.labels, arrows, showsLabels, cells }} onPick={setPicked} />
      <p class="species">
        {scene.species.map(({ element, colour }) => (
          <span key={element}>
            <i style={{ background: colour }} />
            {element}
          </span>
        ))}
        {picked !== undefined && <b role="status">{pickedWords(value, picked)}</b>}
      </p>
      {isMoved && <LargestShifts answer={value} />}
    </section>
  )
}

function Toggle({ words, isOn, onChange }: { words: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      {words}
    </label>
  )
}

function pickedWords({ labels, displacements }: StructureAnswer, atom: number): string {
  const shift = displacements.length === 0 ? '' : ` moved ${Math.hypot(...displacements.slice(3 * atom, 3 * atom + 3)).toFixed(3)} Å`
  return `${labels[atom] ?? ''}${shift}`
}
