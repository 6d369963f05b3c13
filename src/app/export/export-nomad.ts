import { join } from 'node:path'
import { stringify } from 'yaml'
import type { RunFiles } from '../results/run-files.ts'
import type { ScreenRun } from '../results/screen-runs.ts'
import { addRunFiles } from './export-archive.ts'
import { NothingToExportError, RehearsalUploadError } from './export-errors.ts'
import { zipWriter, type ArchivedFile, type ZipWriter } from './zip-writer.ts'

export interface NomadExport {
  readonly screenName: string
  readonly title: string
  readonly screenText: string
  readonly runs: readonly ScreenRun[]
  readonly files: RunFiles
  readonly allowRehearsal: boolean
}

/**
 * NOMAD makes an entry of each of these: of an OUTCAR only where its folder has no vasprun.xml.
 *
 * @source entry point of NOMAD's VASP parser, `mainfile_name_re` with `mainfile_alternative` (github.com/FAIRmat-NFDI/nomad-parser-plugins-simulation)
 */
const mainFiles = ['vasprun.xml', 'OUTCAR'] as const

/**
 * One ZIP to upload to NOMAD: every finished run in a folder of its own, and `nomad.yaml`, from which NOMAD takes the name of the
 * upload and a comment for each entry. POTCAR stays out; `datasets.json` has titles and checksums of what was used.
 *
 * @throws RehearsalUploadError, NothingToExportError, LicensedContentError, WriteFailedError
 * `entries` has a dictionary of editable quantities for each main file, by its path in the upload; a `nomad.json` would be read first.
 *
 * @source `MetadataEditRequestHandler` in nomad/processing/data.py and `metadata_file_name` in its configuration (github.com/FAIRmat-NFDI/nomad)
 */
export async function exportNomad(content: NomadExport, folder: string): Promise<{ readonly path: string; readonly entries: number }> {
  const { screenName, allowRehearsal } = content
  const finished = content.runs.filter(({ result, calculation }) => result !== undefined && calculation.state === 'done')
  const isRehearsal = finished.some(isRehearsed)
  if (isRehearsal && !allowRehearsal) throw new RehearsalUploadError(screenName)
  const path = join(folder, `${screenName}-nomad${isRehearsal ? '-rehearsal' : ''}.zip`)
  const zip = await zipWriter(path)
  try {
    const entries = await fill(zip, content, finished)
    if (entries === 0) throw new NothingToExportError(screenName, 'files of a finished run', 'Wait for a run to be done, or export where its site can be reached.')
    await zip.finish()
    return { path, entries }
  } catch (error) {
    await zip.abandon()
    throw error
  }
}

async function fill(zip: ZipWriter, content: NomadExport, finished: readonly ScreenRun[]): Promise<number> {
  const text = async (name: string, words: string): Promise<void> => void (await zip.add(name, [Buffer.from(words, 'utf8')]))
  const entries: Record<string, { comment: string; external_id: string }> = {}
  for (const run of finished) {
    const files = await addRunFiles(zip, run.calculation, content.files)
    const main = mainFileOf(files)
    if (main !== undefined) entries[main] = { comment: commentOf(run), external_id: run.calculation.id }
  }
  const isRehearsal = finished.some(isRehearsed)
  await text('screen.yaml', content.screenText)
  await text('datasets.json', `${JSON.stringify(Object.fromEntries(finished.map(datasetsOf)), null, 2)}\n`)
  await text('nomad.yaml', stringify({ upload_name: isRehearsal ? `${content.title} (rehearsal, not DFT)` : content.title, entries }, { lineWidth: 0 }))
  return Object.keys(entries).length
}

function mainFileOf(files: readonly ArchivedFile[]): string | undefined {
  return mainFiles.map((main) => files.find(({ name }) => name.endsWith(`/${main}`))?.name).find((name) => name !== undefined)
}

function commentOf({ calculation, result }: ScreenRun): string {
  const { candidateId, step, plan, attempt } = calculation
  const words = `${candidateId}, ${step} step, ${plan.functional}, attempt ${attempt}, by dopant.`
  return result?.method === 'rehearsal' ? `REHEARSAL: a bond-valence stand-in answered in the place of VASP, this is no DFT result. ${words}` : words
}

function datasetsOf({ calculation, result, attempts }: ScreenRun) {
  const inputs = attempts.findLast(({ attempt }) => attempt === calculation.attempt)?.inputSha256 ?? {}
  const sha256 = Object.fromEntries(Object.entries(inputs).filter(([name]) => name.startsWith('POTCAR')))
  return [calculation.id, { titles: result?.settings?.potentials ?? {}, sha256 }] as const
}

function isRehearsed({ result }: ScreenRun): boolean {
  return result?.method === 'rehearsal'
}
