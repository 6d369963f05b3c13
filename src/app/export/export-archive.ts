import type { Chunks } from '../../vasp/output/text/chunks.ts'
import type { ResultTable } from '../../tables/result-table.ts'
import { csvExporter } from '../../tables/csv.ts'
import { jsonExporter } from '../../tables/json.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import type { RunFiles } from '../results/run-files.ts'
import type { ScreenRun } from '../results/screen-runs.ts'
import { archivedNames, potcarMark } from './archive-files.ts'
import { LicensedContentError } from './export-errors.ts'
import { cifText } from './export-cif.ts'
import { roCrate } from './ro-crate.ts'
import { zipWriter, type ArchivedFile, type ZipWriter } from './zip-writer.ts'

export interface ArchiveContent {
  readonly screenName: string
  readonly title: string
  /** Of the screen file. */
  readonly screenText: string
  readonly runs: readonly ScreenRun[]
  readonly candidates: readonly CandidateResult[]
  readonly tables: readonly ResultTable[]
  readonly files: RunFiles
  readonly isRehearsal: boolean
  readonly now: Date
}

/**
 * One ZIP with inputs and outputs of every run, final structures, tables, SHA-256 of each file and RO-Crate metadata; nothing licensed.
 *
 * @throws WriteFailedError, LicensedContentError
 */
export async function exportArchive(content: ArchiveContent, path: string): Promise<readonly ArchivedFile[]> {
  const zip = await zipWriter(path)
  try {
    const files = await fill(zip, content)
    await zip.finish()
    return files
  } catch (error) {
    await zip.abandon()
    throw error
  }
}

async function fill(zip: ZipWriter, content: ArchiveContent): Promise<readonly ArchivedFile[]> {
  const files: ArchivedFile[] = []
  const text = async (name: string, words: string): Promise<void> => void files.push(await zip.add(name, [Buffer.from(words, 'utf8')]))
  await text('README.txt', readme(content))
  await text('screen.yaml', content.screenText)
  for (const table of content.tables) {
    await text(`tables/${table.name}.csv`, String(csvExporter.render(table)))
    await text(`tables/${table.name}.json`, String(jsonExporter.render(table)))
  }
  for (const candidate of content.candidates) {
    const cif = cifText(candidate)
    if (cif !== undefined) await text(`structures/${candidate.candidateId}.cif`, cif)
  }
  for (const { calculation } of content.runs) files.push(...(await addRunFiles(zip, calculation, content.files)))
  await text('SHA256SUMS', files.map(({ sha256, name }) => `${sha256}  ${name}\n`).join(''))
  await text('ro-crate-metadata.json', roCrate(content, files))
  return files
}

/** What an archive may hold of one run, under `runs/`. @throws LicensedContentError */
export async function addRunFiles(zip: ZipWriter, calculation: ScreenRun['calculation'], files: RunFiles): Promise<readonly ArchivedFile[]> {
  const added: ArchivedFile[] = []
  const folder = `runs/${calculation.candidateId}/${calculation.step}/attempt-${calculation.attempt}`
  for (const name of archivedNames) {
    const file = await files.read(calculation, name, (chunks) => zip.add(`${folder}/${name}`, withoutPotcar(chunks, name)))
    if (file !== undefined) added.push(file)
  }
  return added
}

/** Stops the archive rather than publish what may not be passed on. */
async function* withoutPotcar(chunks: Chunks, name: string): AsyncIterable<Uint8Array> {
  let tail = ''
  for await (const chunk of chunks) {
    const text = tail + Buffer.from(chunk).toString('latin1')
    if (text.includes(potcarMark)) throw new LicensedContentError(name)
    tail = text.slice(-potcarMark.length)
    yield chunk
  }
}

function readme({ title, screenName, isRehearsal }: ArchiveContent): string {
  return [
    ...(isRehearsal ? ['REHEARSAL: every output is from a bond-valence stand-in, none from DFT. Nothing here is a result.', ''] : []),
    title,
    '',
    `screen.yaml   the screen ${screenName}, as it was planned`,
    'tables/       results with units and reasons of gaps',
    'structures/   final structures',
    'runs/         inputs and outputs of each run; POTCAR, wave functions and densities are left out',
    'SHA256SUMS    checksums of all of these: sha256sum -c SHA256SUMS',
    '',
    'POTCAR.spec names the PAW datasets that POTCAR has to be assembled from, under your own licence of VASP.',
    '',
  ].join('\n')
}
