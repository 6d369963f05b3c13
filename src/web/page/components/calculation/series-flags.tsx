import type { SeriesFlagsAnswer } from '../../../calculation-api.ts'
import type { CalculationRow } from '../../../calculation-row.ts'
import { allRows } from '../../live/project.ts'
import { useAnswer } from '../../use-answer.ts'
import { useThrottled } from '../../use-throttled.ts'
import { Link } from '../link.tsx'

/** What its rows in the tables say of the series: it follows every member that gets done or starts anew. */
export function SeriesFlags({ row: { id, screen } }: { row: CalculationRow }) {
  const done = allRows().filter((row) => row.screen === screen && row.state === 'done')
  const again = useThrottled(`${done.length} ${done.reduce((sum, { revision }) => sum + revision, 0)}`, 2500)
  const { value } = useAnswer<SeriesFlagsAnswer>('/api/series-flags', { id }, again)
  return (
    <>
      {value?.flags.map(({ says, tables }) => (
        <p key={says} class="note">
          {says}. Its rows say so in{' '}
          {tables.map((name, n) => (
            <span key={name}>
              {n > 0 && ', '}
              <Link to={`/results/${encodeURIComponent(screen)}?table=${name}`}>{name}</Link>
            </span>
          ))}
          .
        </p>
      ))}
    </>
  )
}
