import { render } from 'preact'
import { App } from './app.tsx'
import { startLive } from './live/start-live.ts'
import { applyTheme } from './theme.ts'

applyTheme()
void startLive()
render(<App />, document.getElementById('page')!)
