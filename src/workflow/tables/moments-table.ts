import { mean } from '../../analysis/bonds.ts'
import { indicesOf } from '../../analysis/formal-states.ts'
import { changedMoments, manganeseWindows } from '../../analysis/moments.ts'
import {
  missing,
  type Cell,
  type Column,
  type ResultTable,
  type TableRow,
} from '../../tables/result-table.ts'
import { censusText } from './moment-words.ts'
import { forHost, hostCation } from './host-cation.ts'
import { pendingReason, type CandidateResult, type CandidateStep } from './candidate-result.ts'
import { flagsCell, flagsColumn, identityCells, identityColumns, methodNotes } from './common-columns.ts'

const moment = (key: string, label: string, description: string): Column => ({
  key,
  label,
  unit: 'μB',
  digits: 2,
  description,
})

export const momentColumns: readonly Column[] = [
  ...identityColumns,
  moment('totalMomentMuB', 'Total', 'Moment of the cell in the static step'),
  moment('hostCationMeanMuB', '|m| {M} mean', 'Mean size of the {M} moments'),
  moment('hostCationMinMuB', '|m| {M} min', 'Smallest {M} moment'),
  moment('hostCationMaxMuB', '|m| {M} max', 'Largest {M} moment'),
  { key: 'hostCationStates', label: '{M} states', description: 'Oxidation states that the moments speak for; windows are known for Mn' },
  moment('oxygenMaxMuB', '|m| O max', 'Largest oxygen moment: a hole on oxygen'),
  {
    key: 'changedIons',
    label: 'Changed between steps',
    description: 'Ions whose moment differs by more than 0.3 μB',
  },
  flagsColumn,
]

/** Local moments and what they say about the host's cation; one row a candidate. */
export function momentsTable(candidates: readonly CandidateResult[]): ResultTable {
  const windows = manganeseWindows
    .map(({ state, minMuB, maxMuB }) => `Mn${state}+ ${minMuB}–${maxMuB}`)
    .join(', ')
  return {
    name: 'moments',
    title: 'Magnetic moments',
    columns: forHost(momentColumns, candidates),
    rows: candidates.map((candidate) => row(candidate, hostCation(candidates) ?? '')),
    notes: [
      ...methodNotes(candidates),
      'Moments are those in the PAW spheres.',
      ...(hostCation(candidates) === 'Mn' ? [`A state is named only inside its window (μB): ${windows}.`] : []),
    ],
  }
}

function row(candidate: CandidateResult, cation: string): TableRow {
  const step = candidate.static ?? candidate.relaxed
  return { ...identityCells(candidate), flags: flagsCell(candidate), ...momentCells(candidate, step, cation) }
}

function momentCells(candidate: CandidateResult, step: CandidateStep | undefined, cation: string): TableRow {
  const moments = step?.momentsMuB
  if (step === undefined || moments === undefined) {
    const why = step === undefined ? pendingReason(candidate, 'static step') : 'the run printed no moments'
    const own = momentColumns.slice(identityColumns.length).filter(({ key }) => key !== flagsColumn.key)
    return Object.fromEntries(own.map(({ key }) => [key, missing(why)]))
  }
  const sizes = (element: string): number[] =>
    indicesOf(step.structure, element).map((index) => Math.abs(moments[index] ?? 0))
  const [metal, oxygen] = [sizes(cation), sizes('O')]
  const some = (values: number[], pick: (...all: number[]) => number): Cell =>
    values.length === 0 ? null : pick(...values)
  return {
    totalMomentMuB: step.totalMomentMuB ?? missing('the run printed no total moment'),
    hostCationMeanMuB: mean(metal),
    hostCationMinMuB: some(metal, Math.min),
    hostCationMaxMuB: some(metal, Math.max),
    hostCationStates: cation === 'Mn' ? censusText(metal) : null,
    oxygenMaxMuB: some(oxygen, Math.max),
    changedIons: changedText(candidate),
  }
}

function changedText(candidate: CandidateResult): Cell {
  const [before, after] = [candidate.relaxed?.momentsMuB, candidate.static?.momentsMuB]
  const indices =
    candidate.changedMomentIndices ??
    (before === undefined || after === undefined
      ? undefined
      : changedMoments(before, after).map(({ index }) => index))
  if (indices === undefined) return missing('moments of both steps are needed')
  const structure = (candidate.static ?? candidate.relaxed)?.structure
  return indices.length === 0
    ? 'none'
    : indices.map((n) => `${structure?.sites[n]?.element ?? ''}${n + 1}`).join(', ')
}
