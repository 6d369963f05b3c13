import { useEffect, useRef, useState } from 'preact/hooks'

/** The value, at most so often: a table that fills is not read anew at every single end. */
export function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value)
  const lastMs = useRef(0)
  useEffect(() => {
    const wait = Math.max(0, lastMs.current + ms - Date.now())
    const timer = setTimeout(() => {
      lastMs.current = Date.now()
      setShown(value)
    }, wait)
    return () => clearTimeout(timer)
  }, [value, ms])
  return shown
}
