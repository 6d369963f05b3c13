import { calculationStates, type CalculationState } from '../workflow/calculation-state.ts'
import type { CalculationRow, FailureWords } from './calculation-row.ts'

/** Thousands of rows on their way to the page: words that repeat are sent once, ids are put together again there. */
export interface PackedRows {
  readonly screens: readonly string[]
  readonly candidates: readonly string[]
  readonly steps: readonly string[]
  readonly sites: readonly string[]
  readonly rows: readonly PackedRow[]
}

/** screen, candidate, step, site, state (all places in a list), revision, attempt, seconds since 1970, native id, failure, reason, id */
type PackedRow = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  (string | 0)?,
  (FailureWords | 0)?,
  (string | 0)?,
  (string | 0)?,
]

export function packRows(rows: readonly CalculationRow[]): PackedRows {
  const [screens, candidates, steps, sites] = [wordList(), wordList(), wordList(), wordList()]
  const packed = rows.map((row): PackedRow => {
    const { nativeId, failure, reason } = row
    const id = row.id === usualId(row.screen, row.candidate, row.step) ? 0 : row.id
    const places = [screens.place(row.screen), candidates.place(row.candidate), steps.place(row.step), sites.place(row.site)] as const
    const state = calculationStates.indexOf(row.state)
    const seconds = Math.round(row.updatedMs / 1000)
    const rest = trimmed([nativeId ?? 0, failure ?? 0, reason === '' ? 0 : reason, id])
    return [...places, state, row.revision, row.attempt, seconds, ...rest] as unknown as PackedRow
  })
  return { screens: screens.words, candidates: candidates.words, steps: steps.words, sites: sites.words, rows: packed }
}

export function unpackRows({ screens, candidates, steps, sites, rows }: PackedRows): CalculationRow[] {
  return rows.map(([screenAt, candidateAt, stepAt, siteAt, stateAt, revision, attempt, seconds, nativeId, failure, reason, id]) => {
    const [screen, candidate, step] = [screens[screenAt] ?? '', candidates[candidateAt] ?? '', steps[stepAt] ?? '']
    return {
      id: id === undefined || id === 0 ? usualId(screen, candidate, step) : id,
      screen,
      candidate,
      step,
      site: sites[siteAt] ?? '',
      state: calculationStates[stateAt] as CalculationState,
      revision,
      attempt,
      nativeId: nativeId === undefined || nativeId === 0 ? null : nativeId,
      failure: failure === undefined || failure === 0 ? null : failure,
      reason: reason === undefined || reason === 0 ? '' : reason,
      // Those are not among the rows that a page starts from.
      isObsolete: false,
      updatedMs: seconds * 1000,
    }
  })
}

function usualId(screen: string, candidate: string, step: string): string {
  return `${screen}/${candidate}/${step}`
}

/** Zeros at the end say nothing. */
function trimmed(values: readonly unknown[]): readonly unknown[] {
  const last = values.findLastIndex((value) => value !== 0)
  return values.slice(0, last + 1)
}

function wordList(): { readonly words: string[]; place(word: string): number } {
  const [words, places] = [[] as string[], new Map<string, number>()]
  const place = (word: string): number => {
    const known = places.get(word)
    if (known !== undefined) return known
    places.set(word, words.length)
    words.push(word)
    return words.length - 1
  }
  return { words, place }
}
