import type { ChemicalPotentialRules, Screen } from '../screen/screen-schema.ts'

/** What a screen file says about its tables besides columns of its own. */
export interface TableSettings {
  readonly chemicalPotentials: ChemicalPotentialRules
  /** What convergence tests change, as the screen itself has it. */
  readonly method?: Pick<Screen['method'], 'encutEv'>
  readonly kpoints?: Partial<Pick<Screen['kpoints'], 'spacing' | 'mesh' | 'unit'>>
  readonly slab?: Pick<NonNullable<Screen['slab']>, 'repeats' | 'vacuumAngstrom'> | undefined
}

export const noTableSettings: TableSettings = { chemicalPotentials: { oxygenCorrection: 'none', stated: {} } }
