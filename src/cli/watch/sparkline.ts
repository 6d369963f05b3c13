const blocks = '▁▂▃▄▅▆▇█'
const asciiBlocks = '_.-=+*#@'

/** A row of bars from the smallest value to the largest; a value that is missing is a space. */
export function sparkline(values: readonly (number | null)[], isAscii = false): string {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as readonly number[]
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const bars = isAscii ? asciiBlocks : blocks
  const bar = (value: number): string => bars[high === low ? 0 : Math.round(((value - low) / (high - low)) * (bars.length - 1))] ?? ' '
  return values.map((value) => (value === null || !Number.isFinite(value) ? ' ' : bar(value))).join('')
}

/** The same for values over many powers of ten, such as the change of the energy from step to step. */
export function logSparkline(values: readonly (number | null)[], isAscii = false): string {
  return sparkline(values.map((value) => (value === null || value === 0 ? null : Math.log10(Math.abs(value)))), isAscii)
}

/** `████░░░░`: how much of the whole is done. */
export function barOf(part: number, whole: number, columns: number, isAscii = false): string {
  const filled = whole <= 0 ? 0 : Math.max(0, Math.min(columns, Math.round((part / whole) * columns)))
  return (isAscii ? '#' : '█').repeat(filled) + (isAscii ? '.' : '░').repeat(columns - filled)
}
