/**
 * Smooth switch from 1 (below `from`) to 0 (above `to`), continuous in value, slope and curvature.
 *
 * f = 1 - 10t³ + 15t⁴ - 6t⁵ with t = (r - from)/(to - from)
 */
export function switchValue(r: number, from: number, to: number): number {
  if (r <= from) return 1
  if (r >= to) return 0
  const t = (r - from) / (to - from)
  return 1 - t * t * t * (10 - t * (15 - 6 * t))
}

/** df/dr of `switchValue`. */
export function switchSlope(r: number, from: number, to: number): number {
  if (r <= from || r >= to) return 0
  const width = to - from
  const t = (r - from) / width
  const u = 1 - t
  return (-30 * t * t * u * u) / width
}
