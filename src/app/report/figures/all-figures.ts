import type { Figure } from '../../../tables/figures/figure.ts'
import { resultTable } from '../../../workflow/tables/result-tables.ts'
import type { TableSettings } from '../../../workflow/tables/table-settings.ts'
import { convergenceTestFigures } from './convergence-test-figure.ts'
import { energyFigures } from './energy-figures.ts'
import { levelFigures } from './level-figures.ts'
import { screenFigures, type FigureSources } from './screen-figures.ts'

/** Every figure that needs no further files: bonds, charges, O–O pairs, courses, energies and levels. */
export function allFigures({ candidates, ...sources }: FigureSources, settings: TableSettings): readonly Figure[] {
  const own = candidates.filter(({ reference }) => reference === undefined)
  return [
    ...screenFigures({ candidates: own, ...sources }),
    ...energyFigures(own, resultTable('formation', candidates, settings), resultTable('energies', candidates, settings)),
    ...levelFigures(own),
    ...convergenceTestFigures(resultTable('convergence', candidates, settings)),
  ]
}
