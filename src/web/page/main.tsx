import { render } from 'preact'
import { App } from './app.tsx'
import { startLive } from './live/start-live.ts'
import { applyTheme } from './theme.ts'

applyTheme()
void startLive()
const root = document.getElementById('page')!
// The empty frame that was painted at first gives way.
root.replaceChildren()
render(<App />, root)
