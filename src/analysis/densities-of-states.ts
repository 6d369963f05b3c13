/** States per eV on a regular axis of energies relative to the Fermi level, small enough to keep. */
export interface DosCurves {
  readonly firstEv: number
  readonly stepEv: number
  readonly curves: readonly DosCurve[]
}

export interface DosCurve {
  /** `total`, `O p`, `Mn d`. */
  readonly name: string
  /** [spin][energy], states per eV and cell; one or two spins. */
  readonly spins: readonly (readonly number[])[]
}

/** A density as a file has it. */
export interface RawDos {
  readonly name: string
  /** [spin], each as long as the energies. */
  readonly spins: readonly ArrayLike<number>[]
}

export const dosWindowEv = { from: -10, to: 6, step: 0.05 } as const

/**
 * Densities between −10 and 6 eV about the Fermi level, on steps of 0.05 eV, by linear interpolation. Outside the printed energies
 * there is nothing.
 *
 * @param energiesEv ascending, absolute
 */
export function dosCurves(energiesEv: ArrayLike<number>, fermiEv: number, densities: readonly RawDos[]): DosCurves {
  const { from, to, step } = dosWindowEv
  const count = Math.round((to - from) / step) + 1
  const axis = Array.from({ length: count }, (_, n) => fermiEv + from + n * step)
  const curves = densities.map(({ name, spins }) => ({
    name,
    spins: spins.map((states) => axis.map((energyEv) => thousandths(interpolated(energiesEv, states, energyEv)))),
  }))
  return { firstEv: from, stepEv: step, curves }
}

/**
 * Centre of a band, ∫ ε g(ε) dε / ∫ g(ε) dε in eV from the Fermi level, both spins together; null without states.
 *
 * @param part `all` takes occupied and empty states of the window, `occupied` those below the Fermi level
 * @source Lee et al., Energy Environ. Sci. 4, 3966 (2011), for O 2p, with `all`
 */
export function bandCentreEv({ firstEv, stepEv, curves }: DosCurves, name: string, part: 'all' | 'occupied'): number | null {
  const curve = curves.find((each) => each.name === name)
  let [states, moment] = [0, 0]
  for (const spin of curve?.spins ?? [])
    spin.forEach((value, n) => {
      const energyEv = firstEv + n * stepEv
      if (part === 'occupied' && energyEv > 0) return
      states += value
      moment += value * energyEv
    })
  return states > 0 ? moment / states : null
}

function interpolated(energiesEv: ArrayLike<number>, states: ArrayLike<number>, energyEv: number): number {
  const last = energiesEv.length - 1
  const [first = 0, end = 0] = [energiesEv[0], energiesEv[last]]
  if (last < 1 || energyEv < first || energyEv > end) return 0
  const place = ((energyEv - first) / (end - first)) * last
  const low = Math.min(last - 1, Math.floor(place))
  const share = place - low
  return (states[low] ?? 0) * (1 - share) + (states[low + 1] ?? 0) * share
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000 + 0
}
