import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from '../run-evidence.ts'

/** How the functional in the OUTCAR differs from the planned tags; undefined when it does not, or nobody can tell. */
export function functionalDifference({ incar }: PlannedRun, { settings, vdw }: Outcar): string | undefined {
  const gga = incar['GGA']
  const foundGga = settings['GGA']
  if (typeof gga === 'string' && foundGga !== undefined && !sameGga(gga, String(foundGga))) {
    return `GGA is ${String(foundGga)}, planned ${gga}`
  }
  const planned = incar['LUSE_VDW'] === true
  const found = vdw?.nonlocal ?? false
  if ((settings['GGA'] !== undefined || vdw !== undefined) && planned !== found) {
    return `the non-local van der Waals term is ${found ? 'on' : 'off'}, planned ${planned ? 'on' : 'off'}`
  }
  const ivdw = Number(vdw?.parameters['IVDW'] ?? 0)
  const plannedIvdw = Number(incar['IVDW'] ?? 0)
  return vdw !== undefined && vdw.parameters['IVDW'] !== undefined && ivdw !== plannedIvdw
    ? `IVDW is ${ivdw}, planned ${plannedIvdw}`
    : undefined
}

// VASP reads two letters; `91` and `PE` alike in any case.
function sameGga(one: string, other: string): boolean {
  return one.trim().slice(0, 2).toUpperCase() === other.trim().slice(0, 2).toUpperCase()
}
