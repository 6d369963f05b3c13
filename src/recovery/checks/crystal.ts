import { norm, subtract } from '../../base/vector.ts'
import { formula, type Structure } from '../../structure/structure.ts'
import type { Check } from './check.ts'

const cellToleranceAngstrom = 1e-3

export const compositionCheck: Check = {
  name: 'composition',
  asks: 'Is it the same crystal, atom by atom?',
  finds: ({ planned, final }) => {
    const isSame =
      final.sites.length === planned.structure.sites.length &&
      final.sites.every(({ element }, i) => element === planned.structure.sites[i]?.element)
    if (isSame) return undefined
    const hasSameAtoms = sortedElements(final) === sortedElements(planned.structure)
    return hasSameAtoms ? `the atoms of ${formula(planned.structure)} stand in another order than planned` : `the run has ${formula(final)}, planned ${formula(planned.structure)}`
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
      : `the cell was to stay as planned, but a lattice vector differs by ${furthest.toFixed(3)} Å`
  },
}

function sortedElements({ sites }: Structure): string {
  return sites.map(({ element }) => element).toSorted().join(' ')
}
