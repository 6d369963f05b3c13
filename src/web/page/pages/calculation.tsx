import { useEffect } from 'preact/hooks'
import type { CalculationDetail } from '../../calculation-api.ts'
import type { CalculationRow } from '../../calculation-row.ts'
import { CalculationFacts } from '../components/calculation/facts.tsx'
import { CalculationActions } from '../components/calculation/actions.tsx'
import { Convergence } from '../components/calculation/convergence.tsx'
import { FolderCard } from '../components/calculation/folder.tsx'
import { StructureCard } from '../components/calculation/structure-card.tsx'
import { Timeline } from '../components/calculation/timeline.tsx'
import { Formula } from '../components/matrix-row.tsx'
import { Link } from '../components/link.tsx'
import { Trouble } from '../components/opening.tsx'
import { StateWord } from '../components/state-mark.tsx'
import { followSites, noticeOf, progressOf } from '../live/sites.ts'
import { rowOf } from '../live/project.ts'
import { screenPath } from '../router.ts'
import { useAnswer } from '../use-answer.ts'

/** One calculation: its history, its files, how it converges, and its atoms. */
export function CalculationPage({ id }: { id: string }) {
  const row = rowOf(id)
  useEffect(followSites, [])
  const { value: detail, error } = useAnswer<CalculationDetail>('/api/calculation', { id }, row?.revision)
  if (error !== undefined) return <Trouble error={error} />
  if (detail === undefined || row === undefined) return <h1 tabIndex={-1}>{id}</h1>
  return (
    <>
      <Head detail={detail} row={row} />
      {row.failure !== null && <Trouble error={row.failure} />}
      {row.state === 'running' && progressOf(id) !== undefined && <p class="how-far">{progressOf(id)}</p>}
      {row.state === 'queued' && noticeOf(id) !== undefined && <p class="how-far">{noticeOf(id)}</p>}
      <div class="columns">
        <div class="column">
          <CalculationFacts detail={detail} row={row} />
          <Timeline detail={detail} row={row} />
        </div>
        <div class="column">
          <StructureCard id={id} version={row.state === 'done' ? row.revision : 0} />
          <Convergence id={id} row={row} />
          {row.attempt > 0 && <FolderCard id={id} row={row} />}
        </div>
      </div>
    </>
  )
}

function Head({ detail, row }: { detail: CalculationDetail; row: CalculationRow }) {
  const { candidate } = detail
  return (
    <header class="calculation-head">
      <p class="crumbs">
        <Link to={screenPath(detail.screen)}>{detail.screen}</Link>
      </p>
      <div>
        <h1 tabIndex={-1}>
          {detail.candidate?.id ?? row.candidate} <span class="quiet-word">{detail.step}</span>
        </h1>
        <StateWord state={row.state} />
        <CalculationActions row={row} />
      </div>
      {candidate !== null && (
        <p class="quiet">
          <Formula text={candidate.formula} /> · {candidate.atomCount} atoms{candidate.site !== null && ` · ${candidate.site}`}
        </p>
      )}
    </header>
  )
}
