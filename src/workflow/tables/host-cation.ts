import type { Column } from '../../tables/result-table.ts'
import type { CandidateResult } from './candidate-result.ts'

/**
 * The cation that a host is described by: the one with the highest formal charge, for instance Mn in Li2MnO3.
 *
 * Undefined without an undoped candidate; the first in the host's own order where two are alike.
 */
export function hostCation(candidates: readonly CandidateResult[]): string | undefined {
  const states = Object.entries(undoped(candidates)?.oxidationStates ?? {}).filter(([, state]) => state > 0)
  return [...states].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** Is this the host of the paper, so that its bond lengths may stand beside ours? */
export function isPaperHost(candidates: readonly CandidateResult[]): boolean {
  const host = undoped(candidates)
  return host === undefined || Object.keys(host.oxidationStates).sort().join() === 'Li,Mn,O'
}

/** Columns with the host's cation in the place of `{M}`. */
export function forHost(columns: readonly Column[], candidates: readonly CandidateResult[]): readonly Column[] {
  const cation = hostCation(candidates) ?? 'M'
  const named = (text: string) => text.replaceAll('{M}', cation)
  return columns.map((column) => ({ ...column, label: named(column.label), description: named(column.description) }))
}

function undoped(candidates: readonly CandidateResult[]): CandidateResult | undefined {
  return candidates.find((candidate) => candidate.dopant === null)
}
