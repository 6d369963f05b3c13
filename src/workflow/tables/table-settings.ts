import type { ChemicalPotentialRules } from '../screen/screen-schema.ts'

/** What a screen file says about its tables besides columns of its own. */
export interface TableSettings {
  readonly chemicalPotentials: ChemicalPotentialRules
}

export const noTableSettings: TableSettings = { chemicalPotentials: { oxygenCorrection: 'none', stated: {} } }
