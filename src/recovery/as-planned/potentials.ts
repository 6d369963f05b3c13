import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from '../run-evidence.ts'

/** The datasets of the run against the plan: same name and valence in the same order. */
export function potentialDifference({ potcars }: PlannedRun, { species }: Outcar): string | undefined {
  for (const [index, { symbol, zval }] of potcars.entries()) {
    const found = species[index]
    if (found === undefined) continue
    const name = found.titel?.split(/\s+/)[1]
    if (name !== undefined && name !== symbol) return `dataset ${index + 1} is ${name}, planned ${symbol}`
    if (found.zval !== undefined && Math.abs(found.zval - zval) > 1e-3)
      return `${symbol} has ZVAL ${found.zval}, planned ${zval}`
  }
  return undefined
}
