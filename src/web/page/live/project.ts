import { signal } from '@preact/signals'
import type { Snapshot } from '../../api-types.ts'
import type { CalculationRow } from '../../calculation-row.ts'

/** What does not change from second to second; undefined before the first answer. */
export const project = signal<Omit<Snapshot, 'calculations'> | undefined>(undefined)

/** All calculations in the order in which they were planned; `version` grows with every change. */
const rows: CalculationRow[] = []
/** Without those that their screen does not ask for any more. */
let asked: readonly CalculationRow[] = rows
const places = new Map<string, number>()
export const version = signal(0)

/** Reading it inside a component makes the component follow every change. */
export function allRows(): readonly CalculationRow[] {
  void version.value
  return asked
}

export function rowOf(id: string): CalculationRow | undefined {
  void version.value
  const at = places.get(id)
  return at === undefined ? undefined : rows[at]
}

export function replaceRows(fresh: readonly CalculationRow[]): void {
  rows.length = 0
  places.clear()
  putAll(fresh)
  version.value++
}

/** @returns the rows that are newer than what was known */
export function putRows(changed: readonly CalculationRow[]): readonly CalculationRow[] {
  const newer = changed.filter((row) => (rows[places.get(row.id) ?? -1]?.revision ?? -1) < row.revision)
  putAll(newer)
  if (newer.length > 0) version.value++
  return newer
}

function putAll(changed: readonly CalculationRow[]): void {
  for (const row of changed) {
    const at = places.get(row.id)
    if (at === undefined) places.set(row.id, rows.push(row) - 1)
    else rows[at] = row
  }
  asked = rows.some(({ isObsolete }) => isObsolete) ? rows.filter(({ isObsolete }) => !isObsolete) : rows
}
