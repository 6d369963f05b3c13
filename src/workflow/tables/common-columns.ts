import type { Column, TableRow } from '../../tables/result-table.ts'
import type { CandidateResult } from './candidate-result.ts'

/** Columns that open every table of candidates. */
export const identityColumns: readonly Column[] = [
  { key: 'candidate', label: 'Candidate', description: 'Identifier in the screen' },
  { key: 'series', label: 'Series', description: 'Sub-series that the candidate belongs to', isDetail: true },
  { key: 'dopant', label: 'Dopant', description: 'Element; empty for the undoped slab', isDetail: true },
  { key: 'site', label: 'Site', description: 'Site of the dopant in the host' },
  {
    key: 'depthAngstrom',
    label: 'Depth',
    unit: 'Å',
    digits: 2,
    description: 'Depth of the site below the surface',
    isDetail: true,
  },
  {
    key: 'compensation',
    label: 'Compensation',
    description: 'How the charge of the dopant is balanced',
    isDetail: true,
  },
  { key: 'method', label: 'Method', description: 'dft, or rehearsal for numbers of the stand-in' },
]

export const flagsColumn: Column = {
  key: 'flags',
  label: 'Flags',
  description: 'What a reader has to know about the row',
}

/** Marks a column for the files only. */
export function detail(column: Column): Column {
  return { ...column, isDetail: true }
}

export function identityCells(candidate: CandidateResult): TableRow {
  const { candidateId, series, dopant, site, depthAngstrom, compensation, method } = candidate
  return { candidate: candidateId, series, dopant, site, depthAngstrom, compensation, method }
}

/**
 * What is said of the candidate itself, and of those that its numbers are differences against where their energies mean
 * something else: such a row has no place of its own in the table.
 */
export function flagsCell(candidate: CandidateResult, against: readonly (CandidateResult | undefined)[] = []): string | null {
  const others = against.filter((other) => other !== undefined && other !== candidate) as readonly CandidateResult[]
  return joined([...candidate.flags, ...marksOf(others, candidate.flags)])
}

/** What breaks the series in those that a row of its own kind is worked out from. */
export function marksCell(candidates: readonly CandidateResult[]): string | null {
  return joined(marksOf(candidates, []))
}

/** Who has the same correction compares. */
function marksOf(candidates: readonly CandidateResult[], own: readonly string[]): readonly string[] {
  const marks = candidates.flatMap(({ candidateId, seriesMarks = [] }) => seriesMarks.map((mark) => [candidateId, mark] as const))
  return [...new Set(marks.filter(([, mark]) => !own.includes(mark)).map(([id, mark]) => memberMark(id, mark)))]
}

/** A mark of another member, as the rows that are compared with it say it. */
export function memberMark(candidateId: string, mark: string): string {
  return `${candidateId}: ${mark}`
}

function joined(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join('; ')
}

/** Said in every table that holds rehearsal rows. */
export function methodNotes(candidates: readonly CandidateResult[]): readonly string[] {
  const rehearsed = candidates.some((candidate) => candidate.method === 'rehearsal')
  return rehearsed
    ? [
        'Rows with method = rehearsal come from a bond-valence stand-in, not from a DFT calculation. They are no results.',
      ]
    : []
}

/** Said in tables that compare a geometry with the one before: not every start is the cell as it was cut. */
export function startNotes(candidates: readonly CandidateResult[]): readonly string[] {
  const hosts = [...new Set(candidates.flatMap(({ startsFrom }) => startsFrom ?? []))]
  return hosts.map((host) => {
    const ids = candidates.filter(({ startsFrom }) => startsFrom === host).map(({ candidateId }) => candidateId)
    const shown = ids.length > 6 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ')
    return `${shown} started from the relaxed ${host} with the dopant in its place: changes of the relaxation count from there.`
  })
}
