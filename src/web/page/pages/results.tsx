import type { ResultsAnswer } from '../../api-types.ts'
import { FigureCard } from '../components/results/figure-card.tsx'
import { TableCard } from '../components/results/table-card.tsx'
import { Link } from '../components/link.tsx'
import { Trouble } from '../components/opening.tsx'
import { allRows, project } from '../live/project.ts'
import { queryOf, setQuery } from '../router.ts'
import { useAnswer } from '../use-answer.ts'
import { useThrottled } from '../use-throttled.ts'

/** Tables and figures of a screen; they fill while calculations end. */
export function ResultsPage({ screenName }: { screenName: string | undefined }) {
  const screens = project.value?.screens ?? []
  const name = screenName ?? screens[0]?.name
  if (name === undefined) return <h1 tabIndex={-1}>No results yet</h1>
  return (
    <>
      {screens.length > 1 && (
        <nav class="pills" aria-label="Screens">
          {screens.map((screen) => (
            <Link key={screen.name} to={`/results/${encodeURIComponent(screen.name)}`} aria-current={screen.name === name ? 'page' : undefined}>
              {screen.name}
            </Link>
          ))}
        </nav>
      )}
      <ScreenResults key={name} name={name} />
    </>
  )
}

function ScreenResults({ name }: { name: string }) {
  const own = allRows().filter((row) => row.screen === name)
  const done = own.filter(({ state }) => state === 'done').length
  const again = useThrottled(done, 2500)
  const { value, error } = useAnswer<ResultsAnswer>('/api/results', { screen: name }, again)
  if (error !== undefined) return <Trouble error={error} />
  const tables = value?.tables ?? []
  const table = tables.find((each) => each.name === queryOf('table')) ?? tables[0]
  return (
    <>
      <header class="results-head">
        <div>
          <h1 tabIndex={-1}>{value?.title ?? name}</h1>
          <p class="quiet" role="status">
            {done} of {own.length} calculations done{done < own.length && '; tables and figures fill by themselves'}
          </p>
        </div>
        <a class="button" href={`/api/report?screen=${encodeURIComponent(name)}`} download>
          Save as a report
        </a>
      </header>
      {value?.isRehearsal === true && (
        <p class="banner">
          <b>Rehearsal.</b> Every number is from a bond-valence stand-in, none from DFT. Nothing here is a result.
        </p>
      )}
      {table !== undefined && value !== undefined && (
        <>
          <nav class="pills" aria-label="Tables">
            {tables.map((each) => (
              <button key={each.name} aria-pressed={each === table} onClick={() => setQuery({ table: each.name })}>
                {tableWords(each.name)}
              </button>
            ))}
          </nav>
          <TableCard key={table.name} table={table} screen={name} formats={value.formats} />
        </>
      )}
      <div class="figures">
        {value?.figures.map((figure) => (
          <FigureCard key={figure.name} figure={figure} screen={name} again={again} />
        ))}
      </div>
    </>
  )
}

function tableWords(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
