import type { Structure } from '../../structure/structure.ts'

export interface SpeciesBlock {
  readonly element: string
  readonly count: number
}

/**
 * The species as POSCAR lists them: runs of equal elements in site order, an element twice when its atoms are apart.
 *
 * LDAUL, LDAUU, LDAUJ and POTCAR have one entry for each of these, never for each element.
 */
export function speciesBlocks(structure: Structure): readonly SpeciesBlock[] {
  const blocks: { element: string; count: number }[] = []
  for (const { element } of structure.sites) {
    const last = blocks.at(-1)
    if (last?.element === element) last.count++
    else blocks.push({ element, count: 1 })
  }
  return blocks
}
