import { signal } from '@preact/signals'
import { project } from './live/project.ts'

const tick = signal(Date.now())
setInterval(() => {
  if (document.visibilityState === 'visible') tick.value = Date.now()
}, 5000)

/** The server's clock, to a few seconds: this machine's may be wrong. */
export function nowMs(): number {
  return tick.value + offset()
}

let known: { readonly from: number; readonly offset: number } | undefined

function offset(): number {
  const serverMs = project.value?.serverMs
  if (serverMs === undefined) return 0
  if (known?.from !== serverMs) known = { from: serverMs, offset: serverMs - Date.now() }
  return known.offset
}
