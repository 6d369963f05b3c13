import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { IncarValue } from '../../vasp/input/incar-value.ts'
import type { PlannedRun } from '../run-evidence.ts'

/** How +U in the OUTCAR differs from the plan, species by species; a U on the wrong element shows here. */
export function hubbardDifference({ incar, potcars }: PlannedRun, outcar: Outcar): string | undefined {
  const isPlanned = incar['LDAU'] === true
  const { hubbard } = outcar
  if (!isPlanned) return hubbard === undefined ? undefined : '+U is on, planned without'
  if (hubbard === undefined) return outcar.ionicSteps.length > 0 ? '+U is off, planned on' : undefined
  const rows = [
    { tag: 'LDAUL', planned: numbers(incar['LDAUL']), found: hubbard.angularMomentum },
    { tag: 'LDAUU', planned: numbers(incar['LDAUU']), found: hubbard.uEv },
    { tag: 'LDAUJ', planned: numbers(incar['LDAUJ']), found: hubbard.jEv },
  ]
  for (const { tag, planned, found } of rows) {
    const wrong = found?.findIndex(
      (value, i) => planned !== undefined && Math.abs(value - (planned[i] ?? NaN)) > 0.05,
    )
    if (found === undefined || wrong === undefined || wrong < 0) continue
    const element = outcar.species[wrong]?.symbol ?? potcars[wrong]?.element ?? `species ${wrong + 1}`
    return `${tag} of ${element} is ${found[wrong]}, planned ${planned?.[wrong] ?? 'nothing'}`
  }
  return undefined
}

function numbers(value: IncarValue | undefined): readonly number[] | undefined {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value.map(Number) : undefined
}
