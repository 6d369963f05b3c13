import { analyseSymmetry } from '../../src/structure/symmetry.ts'
import { readHost } from './hosts.ts'
import { comparedSurfaces } from './pairs.ts'
import type { SlabQuestion } from './pymatgen.ts'

export interface ComparedPair extends SlabQuestion {
  readonly name: string
  readonly group: string
}

/** The surfaces whose host is at hand. */
export function comparedPairs(): readonly ComparedPair[] {
  return comparedSurfaces.flatMap((surfaces) => {
    const host = readHost(surfaces)
    if (host === undefined) {
      console.info(`skipped: ${surfaces.file} is not at hand; set DOPANT_CIFS`)
      return []
    }
    const group = analyseSymmetry(host).internationalSymbol
    return surfaces.millerIndices.map((millerIndex) => ({
      id: `${surfaces.name} (${millerIndex.join(' ')})`,
      name: surfaces.name,
      group,
      host,
      millerIndex,
    }))
  })
}
