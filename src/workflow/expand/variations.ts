import type { MagneticOrderName, Screen } from '../screen/screen-schema.ts'

/** One of several starts of the same candidate. */
export interface Variation {
  /** Ending of the id: empty for the first, `-s2`, `-afm-neel`, `-d+20`. */
  readonly suffix: string
  readonly seed: string
  readonly order: MagneticOrderName
  /** Bonds of the dopant are scaled by 1 + this. */
  readonly bondDistortion: number
}

/** Magnetic orders that a screen tries, the first being the one without an ending. */
export function magneticOrders({ method }: Screen): readonly MagneticOrderName[] {
  return typeof method.magneticOrder === 'string'
    ? [method.magneticOrder]
    : [...new Set(method.magneticOrder)]
}

/**
 * The starts of every candidate: for each magnetic order the planned one, the further rattles, and for doped ones the
 * scaled bonds.
 */
export function variationsOf(screen: Screen, isDoped: boolean): readonly Variation[] {
  const seed = seedOf(screen)
  const further = Array.from({ length: screen.starts - 1 }, (_, i) => ({
    suffix: `-s${i + 2}`,
    seed: `${seed} start ${i + 2}`,
    bondDistortion: 0,
  }))
  const distortions = isDoped ? (screen.dopants?.bondDistortions ?? []) : []
  const starts = [
    { suffix: '', seed, bondDistortion: 0 },
    ...further,
    ...distortions.map((bondDistortion) => ({
      suffix: `-d${percent(bondDistortion)}`,
      seed,
      bondDistortion,
    })),
  ]
  return magneticOrders(screen).flatMap((order, i) =>
    starts.map((start) => ({ ...start, order, suffix: `${i === 0 ? '' : `-${order}`}${start.suffix}` })),
  )
}

/** Ending of the first start with the same magnetic order. */
export function orderSuffix(screen: Screen, { order }: Variation): string {
  return magneticOrders(screen)[0] === order ? '' : `-${order}`
}

export function seedOf(screen: Screen): string {
  return String(screen.dopants?.seed ?? 1)
}

function percent(fraction: number): string {
  const value = Math.round(fraction * 100)
  return value > 0 ? `+${value}` : String(value)
}
