import { speciesBlocks } from '../species-blocks.ts'
import type { LintRule } from './lint-rule.ts'

export const potcarOrder: LintRule = {
  id: 'potcar-order',
  severity: 'error',
  why: 'VASP joins the datasets of POTCAR to the species of POSCAR by their order alone.',
  source: 'https://vasp.at/wiki/POTCAR',
  check: ({ structure, potcars }) => {
    if (structure === undefined || potcars === undefined) return []
    const inPoscar = speciesBlocks(structure)
      .map(({ element }) => element)
      .join(' ')
    const inPotcar = potcars.map(({ element }) => element).join(' ')
    return inPoscar === inPotcar
      ? []
      : [{ tag: 'POTCAR', message: `POTCAR has ${inPotcar}, POSCAR has ${inPoscar}.` }]
  },
}
