import type { AttemptChange } from '../../ports/attempt.ts'
import type { CalculationChange } from '../../ports/store.ts'

interface Column {
  readonly name: string
  readonly type: string
  /** What a new row has when the move does not name it; NULL without it. */
  readonly otherwise?: string
}

/** Columns of a calculation that a move may name. */
export const calculationColumns = {
  attempt: { name: 'attempt', type: 'integer' },
  token: { name: 'token', type: 'text' },
  nativeId: { name: 'native_id', type: 'text' },
  remoteFolder: { name: 'remote_folder', type: 'text' },
  failure: { name: 'failure', type: 'json' },
  contentKey: { name: 'content_key', type: 'text' },
  reusedFrom: { name: 'reused_from', type: 'text' },
} as const satisfies Record<Exclude<keyof CalculationChange, 'record'>, Column>

/** Columns of an attempt that a move may name. */
export const attemptColumns = {
  startedAt: { name: 'started_at', type: 'timestamptz' },
  endedAt: { name: 'ended_at', type: 'timestamptz' },
  cores: { name: 'cores', type: 'integer' },
  coreHours: { name: 'core_hours', type: 'double precision' },
  resources: { name: 'resources', type: 'json' },
  exitCode: { name: 'exit_code', type: 'integer' },
  exitCause: { name: 'exit_cause', type: 'text' },
  corrections: { name: 'corrections', type: 'json', otherwise: `'[]'` },
  diagnoses: { name: 'diagnoses', type: 'json', otherwise: `'[]'` },
  decision: { name: 'decision', type: 'json' },
  inputSha256: { name: 'input_sha256', type: 'json' },
  outputs: { name: 'outputs', type: 'json' },
  origin: { name: 'origin', type: 'json' },
  adopted: { name: 'adopted', type: 'json' },
} as const satisfies Record<keyof AttemptChange, Column>

/** Columns that at least one of many changes names: the others do not occur in the statement. */
export function namedColumns(columns: Readonly<Record<string, Column>>, changes: readonly object[]): readonly (Column & { readonly key: string })[] {
  const named = new Set(changes.flatMap((change) => Object.entries(change).flatMap(([key, value]) => (value === undefined ? [] : [key]))))
  return Object.entries(columns).flatMap(([key, column]) => (named.has(key) ? [{ ...column, key }] : []))
}
