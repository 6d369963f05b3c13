import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import type { ResultTable } from '../../tables/result-table.ts'
import { bondTable } from './bond-table.ts'
import type { CandidateResult } from './candidate-result.ts'
import { chargeTable } from './charge-table.ts'
import { convergenceTable } from './convergence-table.ts'
import { delithiationTable } from './delithiation-table.ts'
import { energiesTable } from './energies-table.ts'
import { formationTable } from './formation-table.ts'
import { levelsTable } from './levels-table.ts'
import { momentsTable } from './moments-table.ts'
import { oxygenPairsTable } from './oxygen-pairs-table.ts'
import { potentialsTable } from './potentials-table.ts'
import { referencesTable } from './references-table.ts'
import { startsTable } from './starts-table.ts'
import { noTableSettings, type TableSettings } from './table-settings.ts'

/** Every table by the name that the command line uses. A new table is a file in this folder and a line here. */
export const resultTables = {
  bonds: ofCandidates(bondTable),
  charges: ofCandidates(chargeTable),
  energies: energiesTable,
  formation: formationTable,
  potentials: potentialsTable,
  references: referencesTable,
  'oxygen-pairs': ofCandidates(oxygenPairsTable),
  delithiation: delithiationTable,
  moments: ofCandidates(momentsTable),
  levels: ofCandidates(levelsTable),
  starts: ofCandidates(startsTable),
  convergence: convergenceTable,
} as const satisfies Readonly<Record<string, MakeTable>>

type MakeTable = (candidates: readonly CandidateResult[], settings?: TableSettings) => ResultTable

/** Phases that limit chemical potentials have tables of their own. */
function ofCandidates(make: MakeTable): MakeTable {
  return (candidates, settings) => make(candidates.filter(({ reference }) => reference === undefined), settings)
}

export type TableName = keyof typeof resultTables

export class UnknownTableError extends KnownError {
  readonly code = 'TABLE_UNKNOWN'
  readonly remedy: string
  constructor(name: string) {
    super(`There is no table '${name}'.`)
    const names = Object.keys(resultTables)
    const near = didYouMean(name, names)
    this.remedy = `Use one of ${names.join(', ')}${near === undefined ? '' : `; did you mean '${near}'?`}`
  }
}

/** @throws UnknownTableError */
export function resultTable(name: string, candidates: readonly CandidateResult[], settings: TableSettings = noTableSettings): ResultTable {
  if (!isTableName(name)) throw new UnknownTableError(name)
  return resultTables[name](candidates, settings)
}

function isTableName(name: string): name is TableName {
  return Object.hasOwn(resultTables, name)
}
