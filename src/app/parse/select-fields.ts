import type { FileKind } from '../../vasp/output/file-kind.ts'

/** Long, and seldom wanted: only when asked for by name. */
const onlyWhenAsked: Readonly<Partial<Record<FileKind, readonly string[]>>> = {
  'vasprun.xml': ['eigenvalues', 'totalDos', 'parameters'],
  OUTCAR: ['settings', 'onsiteDensities'],
}

/** The fields asked for, or all but the very long ones. A field that the file does not have is left out. */
export function selectFields(
  kind: FileKind,
  record: object,
  fields: readonly string[] | undefined,
): Record<string, unknown> {
  const all = record as Record<string, unknown>
  if (fields === undefined || fields.length === 0) {
    const left = new Set(onlyWhenAsked[kind])
    return Object.fromEntries(Object.entries(all).filter(([name]) => !left.has(name)))
  }
  const selected: Record<string, unknown> = {}
  for (const field of fields) copyField(all, selected, field.split('.'))
  return selected
}

function copyField(
  from: Record<string, unknown>,
  into: Record<string, unknown>,
  path: readonly string[],
): void {
  const [name = '', ...rest] = path
  const value = from[name]
  if (value === undefined) return
  if (rest.length === 0 || !isRecord(value)) {
    into[name] = value
    return
  }
  const inner = isRecord(into[name]) ? into[name] : {}
  into[name] = inner
  copyField(value, inner, rest)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}
