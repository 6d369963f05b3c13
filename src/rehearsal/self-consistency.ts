/** One line of a self-consistency loop. */
export interface ElectronicStep {
  /** From 1. */
  readonly number: number
  readonly energyEv: number
  readonly changeEv: number
}

export interface SelfConsistency {
  readonly steps: readonly ElectronicStep[]
  readonly isConverged: boolean
}

interface Limits {
  readonly EDIFF: number
  readonly NELM: number
  readonly NELMIN: number
}

const firstChangeEv = 10
const laterChangeEv = 0.1

/**
 * Placeholder for the electronic loop: the error falls tenfold per line until it is below EDIFF, and ends at the
 * model's energy. There are no electrons in the model.
 *
 * @param failing never below EDIFF: the loop is used up at NELM, as a badly mixed slab does it
 */
export function selfConsistency(
  energyEv: number,
  isFirst: boolean,
  limits: Limits,
  failing = false,
): SelfConsistency {
  const start = isFirst ? firstChangeEv : laterChangeEv
  const needed = Math.max(limits.NELMIN, 1 + Math.ceil(Math.log10(start / limits.EDIFF) + 1e-9))
  const count = failing ? limits.NELM : Math.min(limits.NELM, needed)
  const isConverged = !failing && needed <= limits.NELM
  const error = (number: number) => {
    if (number === count && !failing) return 0
    return failing ? start * 0.3 * (number % 2 === 0 ? -1 : 1) : start * 10 ** -number
  }
  let before = 0
  const steps = Array.from({ length: count }, (_, index) => {
    const energy = energyEv + error(index + 1)
    const step = { number: index + 1, energyEv: energy, changeEv: energy - before }
    before = energy
    return step
  })
  return { steps, isConverged }
}
