import { KnownError } from '../../base/known-error.ts'

/** What was wrong, where: enough for a person to open the file and look. */
export interface BrokenFileFacts {
  /** `ACF.dat`, `CHGCAR`, …: what the file was read as. */
  readonly kind: string
  /** Counted from 1; absent when the whole file is meant. */
  readonly line?: number
  /** What should have stood there: `a row of 7 numbers`. */
  readonly expected: string
  /** What stood there, shortened. */
  readonly found?: string
}

/** A file that cannot be read as what it claims to be: cut off, damaged, or of another kind. */
export class BrokenFileError extends KnownError {
  readonly code = 'BROKEN_FILE'
  readonly remedy: string
  readonly facts: BrokenFileFacts

  constructor(facts: BrokenFileFacts) {
    super(sentence(facts))
    this.facts = facts
    this.remedy = `Copy the ${facts.kind} again from where it was written, or name its true kind with --kind.`
  }
}

function sentence({ kind, line, expected, found }: BrokenFileFacts): string {
  const where = line === undefined ? kind : `${kind}, line ${line}`
  const seen = found === undefined ? 'the end of the file' : `"${shortened(found)}"`
  return `${where}: expected ${expected}, found ${seen}.`
}

function shortened(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, ' ').trim()
  return plain.length > 60 ? `${plain.slice(0, 57)}…` : plain
}
