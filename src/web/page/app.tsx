import { Frame } from './components/frame.tsx'
import { Opening } from './components/opening.tsx'
import { project } from './live/project.ts'
import { CalculationPage } from './pages/calculation.tsx'
import { QueuePage } from './pages/queue.tsx'
import { ResultsPage } from './pages/results.tsx'
import { ScreensPage } from './pages/screens.tsx'
import { SitesPage } from './pages/sites.tsx'
import { place } from './router.ts'

export function App() {
  return <Frame>{project.value === undefined ? <Opening /> : <Page />}</Frame>
}

function Page() {
  const [, first = '', ...rest] = place.value.path.split('/').map(decodeURIComponent)
  if (first === 'queue') return <QueuePage />
  if (first === 'results') return <ResultsPage screenName={rest[0]} />
  if (first === 'sites') return <SitesPage />
  if (first === 'calculation') return <CalculationPage key={rest.join('/')} id={rest.join('/')} />
  return <ScreensPage screenName={first === 'screen' ? rest[0] : undefined} />
}
