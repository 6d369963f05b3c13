import type { RunContext } from '../run-context.ts'
import { basinCharge } from './shells-data.ts'

/**
 * Valence electrons of every placeholder ion, [ion].
 *
 * Cations keep ZVAL minus their chosen charge; the oxygens share what is missing to NELECT, those with holes less.
 */
export function ionElectrons(run: RunContext): readonly number[] {
  const { species, speciesOfIon, electronCount } = run.inputs
  const zval = (ion: number) => species[speciesOfIon[ion]!]!.zval
  const cations = run.ions.map((ion, i) => (ion.isOxygen ? 0 : Math.max(0.05, zval(i) - basinCharge(ion))))
  const left = electronCount - cations.reduce((sum, electrons) => sum + electrons, 0)
  const weights = run.ions.map((ion) => (ion.isOxygen ? 1 - ion.holes / 12 : 0))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return run.ions.map((ion, i) => (ion.isOxygen ? (left * weights[i]!) / total : cations[i]!))
}
