import { sameInputs, set } from '../changes.ts'
import { defaultBandCount } from '../layout.ts'
import { ionCountOf, numberInForce } from '../run-reading.ts'
import type { Rung } from '../symptom.ts'

/** A tenth more bands than the run had. */
export const moreBands: Rung = {
  class: 'numerics',
  reason: 'A tenth more bands leaves the highest one empty.',
  cap: 3,
  changes: (run) => {
    const bands = numberInForce(run, 'NBANDS') ?? run.outcar?.kpoints.bands
    return bands === undefined
      ? undefined
      : [...set({ NBANDS: Math.max(Math.trunc(1.1 * bands), bands + 1) }), sameInputs]
  },
}

/** What VASP would take itself. */
export const defaultBands: Rung = {
  class: 'numerics',
  reason: 'As many bands as VASP takes by itself.',
  changes: (run) => {
    const electrons = run.outcar?.electronCount ?? plannedElectrons(run)
    const ions = ionCountOf(run)
    if (electrons === undefined || ions === undefined) return undefined
    const bands = defaultBandCount(electrons, ions)
    return bands <= (numberInForce(run, 'NBANDS') ?? 0) ? undefined : [...set({ NBANDS: bands }), sameInputs]
  },
}

function plannedElectrons({ planned }: Parameters<Rung['changes']>[0]): number | undefined {
  const electrons = planned?.structure.sites.map(
    ({ element }) => planned.potcars.find((potcar) => potcar.element === element)?.zval ?? NaN,
  )
  const sum = electrons?.reduce((total, zval) => total + zval, 0)
  return sum !== undefined && sum > 0 ? sum : undefined
}
