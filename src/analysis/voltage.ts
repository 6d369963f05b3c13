import { assertComparable, DifferentCompositionError, exchangedAtoms, type EnergyRun } from './energies.ts'

/**
 * Mean voltage against the metal between two contents of one ion: V = [E(poor) + n E(metal) − E(rich)] / n, in V for an ion of charge +1.
 *
 * @param metal  the elemental reference; its smearing may be its own
 * @throws DifferentCompositionError when the two differ by more than that ion, IncomparableRunsError
 * @source Aydinol et al., Phys. Rev. B 56, 1354 (1997)
 */
export function meanVoltage(rich: EnergyRun, poor: EnergyRun, metal: EnergyRun): number {
  assertComparable(rich, poor)
  assertComparable(rich, metal)
  const element = metal.structure.sites[0]?.element ?? ''
  const removed = Object.entries(exchangedAtoms(rich.structure, poor.structure))
  const count = removed[0]?.[1] ?? 0
  if (removed.length !== 1 || removed[0]?.[0] !== element || count <= 0) throw new DifferentCompositionError(rich, poor)
  const metalPerAtomEv = metal.energySigmaToZeroEv / metal.structure.sites.length
  return (poor.energySigmaToZeroEv + count * metalPerAtomEv - rich.energySigmaToZeroEv) / count
}
