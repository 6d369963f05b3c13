import type { ParsedRecord } from './parse-file.ts'

const mostEntries = 12

/** What a file says, for a person: a heading, then one line for each number and a note of the size of each list. */
export function parseSummary({ file, kind, ...fields }: ParsedRecord): string {
  const lines = linesOf(fields, 0)
  const width = Math.max(0, ...lines.map(([name]) => name.length))
  return [
    `${file}  (${kind})`,
    ...lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
  ].join('\n')
}

type SummaryLine = readonly [name: string, value: string]

function linesOf(fields: Readonly<Record<string, unknown>>, depth: number): readonly SummaryLine[] {
  return Object.entries(fields).flatMap(([name, value]): readonly SummaryLine[] => {
    const indented = '  '.repeat(depth) + name
    if (!isRecord(value)) return [[indented, textOf(value)]]
    const entries = Object.keys(value).length
    if (entries === 0) return []
    if (depth > 0 && entries > mostEntries) return [[indented, `${entries} entries`]]
    return [[indented, ''], ...linesOf(value, depth + 1)]
  })
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return value.replace(/\s+/g, ' ')
  if (!Array.isArray(value)) return typeof value === 'boolean' ? String(value) : '–'
  if (value.length <= 6 && value.every((entry) => typeof entry !== 'object'))
    return value.map(textOf).join(' ')
  const last: unknown = value.at(-1)
  const flatLast = isRecord(last)
    ? Object.entries(last)
        .filter(([, inner]) => typeof inner !== 'object')
        .slice(0, 4)
    : []
  const suffix =
    flatLast.length > 0
      ? `, the last: ${flatLast.map(([name, inner]) => `${name} ${textOf(inner)}`).join(', ')}`
      : ''
  return `${value.length} ${value.length === 1 ? 'entry' : 'entries'}${suffix}`
}

function numberText(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(10)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
