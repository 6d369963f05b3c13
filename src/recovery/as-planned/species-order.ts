import { speciesBlocks } from '../../vasp/input/species-blocks.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from '../run-evidence.ts'

/** Elements and counts in the OUTCAR's order against those of the planned POSCAR: a slip puts potentials on other atoms. */
export function speciesOrderDifference({ structure }: PlannedRun, { species }: Outcar): string | undefined {
  if (structure.sites.length === 0 || species.length === 0) return undefined
  const planned = speciesBlocks(structure)
  const found = species.map(({ symbol, count }) => ({ element: symbol.split(/[_.]/)[0] ?? symbol, count }))
  const words = (list: readonly { element: string; count?: number | undefined }[]): string =>
    list.map(({ element, count }) => `${element}${count ?? ''}`).join(' ')
  const isSame =
    found.length === planned.length &&
    found.every(
      ({ element, count }, i) =>
        element === planned[i]?.element && (count === undefined || count === planned[i]?.count),
    )
  return isSame ? undefined : `the species are ${words(found)}, planned ${words(planned)}`
}
