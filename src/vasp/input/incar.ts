import { readIncarValue, writeIncarValue, type IncarValue } from './incar-value.ts'
import { splitIncar } from './incar-statements.ts'
import { incarTagKinds } from './incar-tags-data.ts'

/** Tags in upper case with their values, in the order in which they are written. */
export type Incar = Readonly<Record<string, IncarValue>>

export interface IncarEntry {
  readonly tag: string
  readonly value: IncarValue
  /** Line of the tag, 1-based. */
  readonly line: number
  /** Words after the value that VASP does not read, for instance `400 eV`. */
  readonly trailing: string
}

export interface UnreadIncarEntry {
  readonly tag: string
  readonly text: string
  readonly line: number
}

/** An INCAR as found: what VASP takes from it, and what it passes over. */
export interface IncarFile {
  readonly incar: Incar
  readonly entries: readonly IncarEntry[]
  /** Later settings of a tag that is already set: VASP takes the first. */
  readonly duplicates: readonly IncarEntry[]
  /** Tags whose value is not of the kind that VASP expects. */
  readonly unreadable: readonly UnreadIncarEntry[]
  /** Text without an equals sign: VASP takes it for a remark. */
  readonly remarks: readonly { readonly text: string; readonly line: number }[]
}

/**
 * Reads any INCAR: comments (`#`, `!`), `\` continuation, several tags by `;`, `3*5.0`, quoted text over several lines,
 * nested groups (`CRPA { NTARGET_STATES = 1 }` becomes `CRPA/NTARGET_STATES`), all spellings of logicals, any case.
 *
 * Never throws: what cannot be understood is listed.
 *
 * @source https://vasp.at/wiki/INCAR
 */
export function readIncar(text: string): IncarFile {
  const { statements, remarks } = splitIncar(text)
  const entries: IncarEntry[] = []
  const duplicates: IncarEntry[] = []
  const unreadable: UnreadIncarEntry[] = []
  const seen = new Set<string>()
  for (const { tag, text: valueText, line } of statements) {
    const read = readIncarValue(valueText, incarTagKinds.get(tag), isWholeLineTag(tag))
    if (read === undefined) unreadable.push({ tag, text: valueText, line })
    else (seen.has(tag) ? duplicates : entries).push({ tag, ...read, line })
    seen.add(tag)
  }
  const incar = Object.fromEntries(entries.map(({ tag, value }) => [tag, value]))
  return { incar, entries, duplicates, unreadable, remarks }
}

/** Plain `TAG = value` lines, in order; the templates of `templates/vasp` write the commented form. */
export function writeIncar(incar: Incar): string {
  const width = Math.max(0, ...Object.keys(incar).map((tag) => tag.length))
  return Object.entries(incar)
    .map(([tag, value]) => `${tag.padEnd(width)} = ${writeIncarValue(value)}\n`)
    .join('')
}

// All other text tags are one word, and what follows on the line is a remark.
function isWholeLineTag(tag: string): boolean {
  return ['SYSTEM', 'WANNIER90_WIN', 'LOCPROJ'].includes(tag)
}
