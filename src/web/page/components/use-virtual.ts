import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

export interface Slice {
  readonly start: number
  readonly end: number
}

const spare = 8

/** Which of `count` lines of equal height are in sight; only they are drawn. */
export function useVirtual(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): Slice {
  const [slice, setSlice] = useState<Slice>({ start: 0, end: 40 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const measure = (): void => {
      const start = Math.max(0, Math.floor(element.scrollTop / rowHeight) - spare)
      const end = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + spare)
      setSlice((old) => (old.start === start && old.end === end ? old : { start, end }))
    }
    measure()
    element.addEventListener('scroll', measure, { passive: true })
    const watcher = new ResizeObserver(measure)
    watcher.observe(element)
    return () => {
      element.removeEventListener('scroll', measure)
      watcher.disconnect()
    }
  }, [count, rowHeight])
  return { start: Math.min(slice.start, count), end: Math.min(slice.end, count) }
}
