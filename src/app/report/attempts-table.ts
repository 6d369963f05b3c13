import type { AttemptRecord } from '../../ports/attempt.ts'
import type { ResultTable, TableRow } from '../../tables/result-table.ts'
import { correctionName } from '../dispatch/attempt-plan.ts'
import { changeWords } from '../results/series-marks.ts'
import type { ScreenRun } from '../results/screen-runs.ts'

/** Every attempt of the calculations that took more than one or were corrected: what was changed, how it ended, what followed. */
export function attemptsTable(runs: readonly ScreenRun[]): ResultTable {
  const told = runs.filter(({ attempts }) => attempts.length > 1 || attempts.some(({ corrections }) => corrections.length > 0))
  return {
    name: 'attempts',
    title: 'Attempts of calculations that did not succeed at once',
    columns: [
      { key: 'calculation', label: 'Calculation', description: 'Identifier in the project' },
      { key: 'attempt', label: 'Attempt', digits: 0, description: 'From 1' },
      { key: 'corrections', label: 'Changed before it', description: 'Corrections that this attempt is the first to have, with the symptom each answers' },
      { key: 'comparability', label: 'Energy means the same', description: 'no: a correction changed what the energy means, so that it compares only with runs that have it' },
      { key: 'found', label: 'Found in its files', description: 'Symptoms, most telling first' },
      { key: 'followed', label: 'What followed', description: 'How it was judged' },
      { key: 'site', label: 'Site', description: 'Where it ran' },
      { key: 'coreHours', label: 'Core-hours', digits: 2, description: 'Cores times the time of the job' },
    ],
    rows: told.flatMap(({ attempts }) => attempts.map((each, i) => row(each, attempts.slice(0, i + 1)))),
    notes: [],
  }
}

function row({ calculationId, attempt, corrections, diagnoses, decision, site, coreHours }: AttemptRecord, upToIt: readonly AttemptRecord[]): TableRow {
  const words = corrections.map((each) => `${changeWords(each)} (${correctionName(each)})`)
  return {
    calculation: calculationId,
    attempt,
    corrections: words.length === 0 ? null : words.join('; '),
    // What was corrected once stays.
    comparability: upToIt.some((each) => each.corrections.some((made) => made.class === 'comparability')) ? 'no' : 'yes',
    found: diagnoses.length === 0 ? null : diagnoses.map(({ symptom, cause }) => `${symptom}: ${cause}`).join('; '),
    followed: decision?.reason ?? null,
    site,
    coreHours,
  }
}
