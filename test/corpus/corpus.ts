import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

const root = resolve(import.meta.dirname, '../..')
/** Real files of public projects with values that independent readers agree on; not part of the repository. */
export const corpusFolder = resolve(root, process.env['DOPANT_CORPUS'] ?? '../shared/corpus')

export interface CorpusFile {
  readonly case: string
  readonly name: string
  readonly kind: string
  readonly vasp: string | null
  readonly bytes: number
  readonly notes: readonly string[]
  readonly file: string
}

/** Readings of one file. Their shape differs by kind, so they are looked at field by field. */
export type Oracle = Readonly<Record<'text' | 'pymatgen' | 'ase' | 'agreed', Readonly<Record<string, unknown>> | undefined>>

export function hasCorpus(): boolean {
  if (existsSync(join(corpusFolder, 'manifest.json'))) return true
  console.log(`The corpus is not at ${corpusFolder}; set DOPANT_CORPUS to check against it. Skipped.`)
  return false
}

export function corpusFiles(kind: string): readonly CorpusFile[] {
  const manifest = JSON.parse(readFileSync(join(corpusFolder, 'manifest.json'), 'utf8')) as { entries: CorpusFile[] }
  return manifest.entries.filter((entry) => entry.kind === kind)
}

export function corpusBytes(entry: CorpusFile): Buffer {
  const bytes = readFileSync(join(corpusFolder, entry.file))
  return entry.file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

export function oracleOf(entry: CorpusFile): Oracle {
  const text = readFileSync(join(corpusFolder, 'files', entry.case, 'oracle.json'), 'utf8')
  const { files } = JSON.parse(text) as { files: Record<string, { oracle: Oracle }> }
  const found = files[entry.name]
  if (found === undefined) throw new Error(`no oracle for ${entry.case}/${entry.name}`)
  return found.oracle
}

/** Equal within a relative tolerance, in any nesting of lists; null and undefined are the same. */
export function agrees(ours: unknown, theirs: unknown, tolerance = 1e-6): boolean {
  if (Array.isArray(theirs)) {
    return Array.isArray(ours) && ours.length === theirs.length && theirs.every((value, i) => agrees(ours[i], value, tolerance))
  }
  if (typeof theirs === 'number' && typeof ours === 'number') return Math.abs(ours - theirs) <= tolerance * Math.max(1, Math.abs(theirs))
  return (ours ?? null) === (theirs ?? null)
}

export interface Tally {
  agree: number
  /** They raised or had nothing, we read. */
  more: number
  /** They contradict each other; what is right is settled from the file. */
  theyDisagree: number
  readonly differ: string[]
}

export function emptyTally(): Tally {
  return { agree: 0, more: 0, theyDisagree: 0, differ: [] }
}

/** Compares one field with each reader that has it. */
export function compare(tally: Tally, what: string, ours: unknown, theirs: readonly unknown[], tolerance = 1e-6): void {
  const given = theirs.filter((value) => value !== undefined && value !== null)
  if (given.length === 0) {
    if (ours !== undefined && ours !== null) tally.more++
    return
  }
  const right = given.filter((value) => agrees(ours, value, tolerance)).length
  if (right === given.length) tally.agree++
  else if (right > 0) tally.theyDisagree++
  else tally.differ.push(what)
}

export function printTally(kind: string, files: number, tally: Tally, explained: ReadonlyMap<string, string>): readonly string[] {
  const unexplained = tally.differ.filter((what) => !explained.has(what))
  const row = [kind.padEnd(12), `${files} files`, `agree ${tally.agree}`, `we read more ${tally.more}`, `they disagree ${tally.theyDisagree}`, `we differ ${tally.differ.length}`]
  console.log(row.join('  '))
  for (const what of tally.differ) console.log(`  ${what}: ${explained.get(what) ?? 'NOT EXPLAINED'}`)
  return unexplained
}
