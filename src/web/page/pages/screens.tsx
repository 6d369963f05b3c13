import type { ScreenInfo } from '../../api-types.ts'
import { Link } from '../components/link.tsx'
import { ScreenActions } from '../components/screen-actions.tsx'
import { Matrix } from '../components/matrix.tsx'
import { ProgressBar } from '../components/progress-bar.tsx'
import { allRows, project } from '../live/project.ts'
import { screenPath } from '../router.ts'
import { tallyOf, tallyWords, timeLeftMs } from '../tally.ts'
import { durationWords } from '../time-words.ts'
import { nowMs } from '../use-now.ts'

/** All screens with their progress, and the matrix of the one that is chosen. */
export function ScreensPage({ screenName }: { screenName: string | undefined }) {
  const screens = project.value?.screens ?? []
  if (screens.length === 0) return <NoScreens />
  const chosen = screens.find(({ name }) => name === screenName) ?? (screens.length === 1 ? screens[0] : undefined)
  const shown = chosen === undefined ? screens : [chosen]
  return (
    <>
      <h1 tabIndex={-1} class={chosen === undefined ? '' : 'visually-hidden'}>
        {chosen === undefined ? 'Screens' : chosen.title}
      </h1>
      {screenName !== undefined && chosen === undefined && <p role="alert">There is no screen {screenName}.</p>}
      {chosen !== undefined && screens.length > 1 && (
        <p class="back">
          <Link to="/">All screens</Link>
        </p>
      )}
      <div class="screen-cards">
        {shown.map((screen) => (
          <ScreenCard key={screen.name} screen={screen} isChosen={screen === chosen} />
        ))}
      </div>
      {chosen !== undefined && <Matrix key={chosen.name} screenName={chosen.name} />}
    </>
  )
}

function ScreenCard({ screen, isChosen }: { screen: ScreenInfo; isChosen: boolean }) {
  const rows = allRows().filter((row) => row.screen === screen.name)
  const tally = tallyOf(rows)
  const left = timeLeftMs(rows, nowMs())
  const percent = tally.total === 0 ? 0 : Math.floor((100 * tally.done) / tally.total)
  return (
    <section class="card screen-card" aria-label={screen.title}>
      <div class="screen-head">
        <div>
          <h2>{isChosen ? screen.title : <Link to={screenPath(screen.name)}>{screen.title}</Link>}</h2>
          <p class="quiet">
            {screen.name} · {screen.candidateCount} structures · {tally.total} calculations
          </p>
        </div>
        <p class="percent" aria-hidden="true">
          {percent}
          <small>%</small>
        </p>
      </div>
      <ProgressBar tally={tally} />
      <p class="screen-words">
        <span>{tallyWords(tally)}</span>
        {left !== undefined && <span title="At the pace of the latest ends">about {durationWords(left)} left</span>}
      </p>
      <div class="screen-foot">
        <p class="screen-links">
          {!isChosen && <Link to={screenPath(screen.name)}>Matrix</Link>}
          <Link to={`/results/${encodeURIComponent(screen.name)}`}>Results</Link>
          <Link to={`/queue?search=${encodeURIComponent(screen.name)}`}>Queue</Link>
        </p>
        <ScreenActions name={screen.name} tally={tally} />
      </div>
    </section>
  )
}

function NoScreens() {
  return (
    <section class="card empty">
      <h1 tabIndex={-1}>No screen yet</h1>
      <p>
        Start with one: <code>dopant serve screen.yaml</code>. <code>dopant init</code> writes an example, <code>dopant plan</code> shows what it amounts to.
      </p>
    </section>
  )
}
