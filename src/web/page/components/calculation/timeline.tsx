import { useState } from 'preact/hooks'
import type { AttemptRecord } from '../../../../ports/attempt.ts'
import type { EventRecord } from '../../../../ports/store.ts'
import type { CalculationDetail } from '../../../calculation-api.ts'
import type { CalculationRow } from '../../../calculation-row.ts'
import { durationWords, hoursWords, momentWords } from '../../time-words.ts'
import { StateWord } from '../state-mark.tsx'
import { AttemptWords } from './attempt-words.tsx'
import { InputDiff } from './input-diff.tsx'

/** Attempts, newest first, with what was found and changed; the moves of each on demand. */
export function Timeline({ detail, row }: { detail: CalculationDetail; row: CalculationRow }) {
  const { events, attempts } = detail
  const before = events.filter(({ attempt }) => attempt === 0)
  return (
    <section class="card padded" aria-label="History">
      <h2>History</h2>
      <ol class="timeline">
        {[...attempts].reverse().map((attempt) => (
          <Attempt key={attempt.attempt} id={detail.id} record={attempt} screen={detail.screen} isCurrent={attempt.attempt === row.attempt} events={events.filter((event) => event.attempt === attempt.attempt)} />
        ))}
        <li>
          <h3>Planned</h3>
          <Moves events={before} />
        </li>
      </ol>
    </section>
  )
}

interface AttemptProps {
  readonly id: string
  readonly screen: string
  readonly record: AttemptRecord
  readonly isCurrent: boolean
  readonly events: readonly EventRecord[]
}

function Attempt({ id, screen, record, isCurrent, events }: AttemptProps) {
  const [showsInputs, setShowsInputs] = useState(false)
  return (
    <li class={isCurrent ? 'is-current' : ''}>
      <h3>
        Attempt {record.attempt}
        <span class="quiet"> {timesOf(record)}</span>
      </h3>
      <AttemptWords id={id} screen={screen} record={record} isCurrent={isCurrent} />
      <details open={isCurrent}>
        <summary>{events.length} moves</summary>
        <Moves events={events} />
      </details>
      <details onToggle={({ currentTarget }) => setShowsInputs(currentTarget.open)}>
        <summary>{record.attempt === 1 ? 'Inputs' : 'Inputs, and what is different'}</summary>
        {showsInputs && <InputDiff id={id} attempt={record.attempt} />}
      </details>
    </li>
  )
}

function Moves({ events }: { events: readonly EventRecord[] }) {
  return (
    <ol class="moves">
      {events.map(({ sequence, at, to, actor, reason }) => (
        <li key={sequence}>
          <time dateTime={at}>{momentWords(at)}</time>
          <StateWord state={to} />
          <span>
            {reason} <span class="quiet">{actor}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

function timesOf({ startedAt, endedAt, cores, coreHours, exitCause, exitCode }: AttemptRecord): string {
  const ran = startedAt === null || endedAt === null ? undefined : `ran ${durationWords(Date.parse(endedAt) - Date.parse(startedAt))}`
  const since = startedAt !== null && endedAt === null ? `runs since ${momentWords(startedAt)}` : undefined
  const end = exitCause === null || exitCause === 'exit' ? (exitCode ? `exit ${exitCode}` : undefined) : `ended by ${exitCause}`
  const cost = coreHours === null ? undefined : `${hoursWords(coreHours)} core-hours`
  return [ran ?? since, cores === null ? undefined : `${cores} ${cores === 1 ? 'core' : 'cores'}`, cost, end].filter((word) => word !== undefined).join(' · ')
}
