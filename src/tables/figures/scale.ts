/** Turns a value into a place in points. */
export interface Scale {
  readonly domain: readonly [number, number]
  readonly range: readonly [number, number]
  readonly ticks: readonly number[]
  at(value: number): number
  /** Words for a tick. */
  label(value: number): string
}

/** A linear axis over nice numbers that holds all of `values`; `ticks` is about how many. */
export function linearScale(values: readonly number[], range: readonly [number, number], ticks = 5, fixed?: readonly [number, number]): Scale {
  const finite = values.filter(Number.isFinite)
  const [low, high] = fixed ?? spread(Math.min(...finite), Math.max(...finite))
  const step = niceStep((high - low) / ticks)
  const domain = fixed ?? ([Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step] as const)
  const first = Math.ceil(domain[0] / step - 1e-9)
  const count = Math.floor(domain[1] / step + 1e-9) - first + 1
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return {
    domain,
    range,
    ticks: Array.from({ length: count }, (_, n) => Number(((first + n) * step).toFixed(digits + 2))),
    at: (value) => range[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (range[1] - range[0]),
    label: (value) => value.toFixed(digits).replace('-', '−'),
  }
}

/** A logarithmic axis over whole decades; values at or below `floor` are put on it. */
export function logScale(values: readonly number[], range: readonly [number, number], floor: number): Scale {
  const positive = values.map((value) => Math.max(value, floor))
  const low = Math.floor(Math.log10(Math.min(...positive)) + 1e-9)
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive)) - 1e-9))
  const every = Math.ceil((high - low) / 6)
  return {
    domain: [decade(low), decade(high)],
    range,
    ticks: Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, n) => decade(low + n * every)),
    at: (value) => range[0] + ((Math.log10(Math.max(value, floor)) - low) / (high - low)) * (range[1] - range[0]),
    label: (value) => `10^{${String(Math.round(Math.log10(value))).replace('-', '−')}}`,
  }
}

/** A single value, or none, still needs an axis. */
function spread(low: number, high: number): readonly [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1]
  if (high - low > 1e-12 * Math.max(1, Math.abs(high))) return [low, high]
  const half = Math.max(Math.abs(high) * 0.05, 0.05)
  return [low - half, high + half]
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= raw * 0.999) ?? 10
  return factor * power
}

/** Exact, which a power of ten by multiplication is not. */
function decade(exponent: number): number {
  return Number(`1e${exponent}`)
}
