import { norm, subtract } from '../../base/vector.ts'
import { formula } from '../../structure/structure.ts'
import type { Check } from './check.ts'

const cellToleranceAngstrom = 1e-3

export const compositionCheck: Check = {
  name: 'composition',
  asks: 'Is it the same crystal, atom by atom?',
  finds: ({ planned, final }) => {
    const isSame =
      final.sites.length === planned.structure.sites.length &&
      final.sites.every(({ element }, i) => element === planned.structure.sites[i]?.element)
    return isSame
      ? undefined
      : `the run has ${formula(final)}, planned ${formula(planned.structure)}, or the order differs`
  },
}

export const cellCheck: Check = {
  name: 'cell',
  asks: 'Is the cell of a run with a fixed cell the planned one?',
  finds: ({ planned, final }) => {
    if (Number(planned.incar['ISIF'] ?? 2) > 2) return undefined
    const furthest = Math.max(
      ...final.lattice.map((row, i) => norm(subtract(row, planned.structure.lattice[i]!))),
    )
    return furthest < cellToleranceAngstrom
      ? undefined
      : `a lattice vector differs by ${furthest.toFixed(3)} Å from the planned one`
  },
}
