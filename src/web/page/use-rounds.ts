import { useEffect, useState } from 'preact/hooks'

/** Counts rounds while the page is in sight; none without a time. */
export function useRounds(everyMs: number | undefined): number {
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (everyMs === undefined) return undefined
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setRound((old) => old + 1)
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return round
}
