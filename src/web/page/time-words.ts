/** `3 s`, `12 min`, `5 h 20 min`, `3 d 4 h`: as exact as a person wants it. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours < 10 && rest > 0) return `${hours} h ${rest} min`
  if (hours < 48) return `${Math.round(minutes / 60)} h`
  const [days, more] = [Math.floor(hours / 24), hours % 24]
  return more === 0 || days > 9 ? `${days} d` : `${days} d ${more} h`
}

export function agoWords(thenMs: number, nowMs: number): string {
  const ms = nowMs - thenMs
  return ms < 5000 ? 'now' : `${durationWords(ms)} ago`
}

/** `22 Nov, 19:05:12`, in the reader's own time zone. */
export function momentWords(when: number | string): string {
  return new Date(when).toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false })
}

/** Core-hours: what they cost is told to a tenth, small ones as small. */
export function hoursWords(hours: number): string {
  if (hours > 0 && hours < 0.05) return '< 0.1'
  return hours >= 1000 ? Math.round(hours).toLocaleString('en') : hours.toFixed(1)
}
