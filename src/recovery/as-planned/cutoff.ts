import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from '../run-evidence.ts'

/** ENCUT of the run against the plan. */
export function cutoffDifference({ incar }: PlannedRun, { settings }: Outcar): string | undefined {
  const [planned, found] = [incar['ENCUT'], settings['ENCUT']]
  if (typeof planned !== 'number' || typeof found !== 'number') return undefined
  // Printed with one decimal.
  return Math.abs(planned - found) < 0.06 ? undefined : `ENCUT is ${found} eV, planned ${planned} eV`
}
