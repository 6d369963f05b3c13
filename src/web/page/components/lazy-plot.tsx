import { useEffect, useState } from 'preact/hooks'
import type { ComponentProps } from 'preact'
import type { Plot } from './plot.tsx'

let loaded: typeof Plot | undefined

/** The library for curves comes with the first curve, not with the page. */
export function LazyPlot(props: ComponentProps<typeof Plot>) {
  const [, setIsThere] = useState(loaded !== undefined)
  useEffect(() => {
    if (loaded !== undefined) return
    void import('./plot.tsx').then((module) => {
      loaded = module.Plot
      setIsThere(true)
    })
  }, [])
  const Loaded = loaded
  return Loaded === undefined ? <p class="quiet">{props.title}</p> : <Loaded {...props} />
}
