import type { TagOrigin } from '../app/plan/explain-tag.ts'
import { alignedText } from './aligned-text.ts'

/** One row for each step and value of a tag, then why it is set. */
export function originsText(tag: string, origins: readonly TagOrigin[]): string {
  const name = tag.toUpperCase()
  const rows = origins.map(({ step, value, source, where, candidates }) => [
    step,
    value === null ? '—' : shortened(value),
    source,
    where,
    candidates.length > 3 ? `${candidates.length} candidates` : candidates.join(', '),
  ])
  const reasons = new Set(origins.flatMap(({ why = '' }) => (why === '' ? [] : why)))
  return `${alignedText(['step', name, 'from', 'where', 'in'], rows)}${[...reasons].map((why) => `\n${name}: ${why}\n`).join('')}`
}

function shortened(value: string): string {
  return value.length > 40 ? `${value.slice(0, 37)} …` : value
}
