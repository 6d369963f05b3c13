import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Real files of public projects, with the values of independent readers. Not part of the repository. */
export const corpusFolder = process.env['DOPANT_CORPUS'] ?? resolve(repository, '../shared/corpus')

export const hasCorpus = existsSync(join(corpusFolder, 'manifest.json'))

export const whySkipped = `no corpus at ${process.env['DOPANT_CORPUS'] ?? '../shared/corpus'} (set DOPANT_CORPUS)`

export interface CorpusEntry {
  readonly case: string
  readonly name: string
  readonly kind: string
  readonly file: string
  readonly notes: readonly string[]
  readonly expected_errors?: readonly string[]
}

// The oracle holds whatever its readers gave; each test knows the fields of its kind.
export type Readings = Readonly<Record<string, unknown>>
export type Oracle = Readonly<Record<string, Readings | undefined>>

export function corpusEntries(kind: string): CorpusEntry[] {
  if (!hasCorpus) return []
  const { entries } = JSON.parse(readFileSync(join(corpusFolder, 'manifest.json'), 'utf8')) as { entries: CorpusEntry[] }
  return entries.filter((entry) => entry.kind === kind)
}

export function contentOf(entry: CorpusEntry): Buffer {
  const stored = readFileSync(join(corpusFolder, entry.file))
  return entry.file.endsWith('.gz') ? gunzipSync(stored) : stored
}

export function oracleOf(entry: CorpusEntry): Oracle {
  const file = JSON.parse(readFileSync(join(corpusFolder, 'files', entry.case, 'oracle.json'), 'utf8')) as { files: Record<string, { oracle?: Oracle }> }
  return file.files[entry.name]?.oracle ?? {}
}
