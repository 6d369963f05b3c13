import type { Paragraph } from './paragraphs.ts'
import type { RunReading } from './run-reading.ts'
import type { Rung, Symptom, SymptomEvidence, SymptomFacts } from './symptom.ts'

export interface MessageFacts extends Omit<SymptomFacts, 'watches'> {
  /** For words that differ between systems. */
  readonly patterns?: readonly RegExp[]
  readonly ladder?: readonly Rung[]
  /** Further signs of the same thing, or doubts: called with the message when there is one. */
  readonly unless?: (run: RunReading) => boolean
}

/** A symptom that VASP, the runtime or the batch system names in so many words. */
export function messageSymptom({ patterns = [], ladder = [], unless, ...facts }: MessageFacts): Symptom {
  const words = facts.message.map((text) => text.replace(/\s+/g, ' '))
  return {
    ...facts,
    watches: true,
    ladder,
    detects: (run) => {
      const found = findMessage(run, words, patterns)
      return found === undefined || unless?.(run) === true ? undefined : evidenceOf(found)
    },
  }
}

/** The first paragraph that has one of the words or fits a pattern. */
export function findMessage(
  run: RunReading,
  words: readonly string[],
  patterns: readonly RegExp[] = [],
): Paragraph | undefined {
  return run.paragraphs.find(
    ({ text }) => words.some((word) => text.includes(word)) || patterns.some((pattern) => pattern.test(text)),
  )
}

// A box may hold a page; its point fits in a few lines.
const longestQuote = 300

export function evidenceOf({ where, text, line, count }: Paragraph): SymptomEvidence {
  const says = text.length > longestQuote ? `${text.slice(0, longestQuote)} …` : text
  return { where, says, count, ...(line > 0 ? { line } : {}) }
}
