import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { LicensedContentError, NothingToExportError, RehearsalUploadError } from '../../../src/app/export/export-errors.ts'
import { exportNomad, type NomadExport } from '../../../src/app/export/export-nomad.ts'
import type { ScreenRun } from '../../../src/app/results/screen-runs.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { structure } from '../report/fixtures.ts'

const content = (method: 'dft' | 'rehearsal', files: Readonly<Record<string, string>>, allowRehearsal = false): NomadExport => ({
  screenName: 's',
  title: 'Boron: a "screen"',
  screenText: 'name: s\n',
  runs: [
    {
      calculation: { id: 's/B-on-Mn/relax', candidateId: 'B-on-Mn', step: 'relax', state: 'done', attempt: 2, plan: { functional: 'PBE+U' } },
      result: { method, structure, settings: { potentials: { B: 'PAW_PBE B 06Sep2000' } } },
      collectedAt: undefined,
      attempts: [{ attempt: 2, inputSha256: { INCAR: 'aa', 'POTCAR.spec': 'bb' } }],
    } as unknown as ScreenRun,
  ],
  files: { read: async (_, name, read) => (files[name] === undefined ? undefined : read([Buffer.from(files[name])])) },
  allowRehearsal,
})

async function unpacked(wanted: NomadExport) {
  const { path, entries } = await exportNomad(wanted, temporaryFolder())
  const files = unzipSync(readFileSync(path))
  return { path, entries, names: Object.keys(files), text: (name: string) => strFromU8(files[name]!) }
}

/**
 * What NOMAD takes from the file: quantities that a main author may edit, those of the upload only beside `entries`. Anything else is
 * an "Unknown quantity", and references must be addresses.
 *
 * @source nomad/processing/data.py (`_verify_metadata_single`) and nomad/datamodel/datamodel.py (category EditableUserMetadata)
 */
const entrySchema = z.strictObject({
  comment: z.string().optional(),
  external_id: z.string().optional(),
  references: z.array(z.url()).optional(),
  entry_coauthors: z.array(z.string()).optional(),
  datasets: z.array(z.string()).optional(),
})
const nomadSchema = entrySchema.extend({
  upload_name: z.string().optional(),
  coauthors: z.array(z.string()).optional(),
  reviewers: z.array(z.string()).optional(),
  embargo_length: z.number().min(0).max(36).optional(),
  entries: z.record(z.string(), entrySchema).optional(),
})

describe('a folder for NOMAD', () => {
  const files = { INCAR: 'ENCUT = 520', OUTCAR: 'vasp.6.4.2', 'vasprun.xml': '<modeling/>', POTCAR: 'licensed', 'POTCAR.spec': 'B' }

  it('has each run with its main file, which nomad.yaml at the root gives a comment', async () => {
    const { names, text, entries } = await unpacked(content('dft', files))
    const metadata = parse(text('nomad.yaml'))

    expect(entries).toBe(1)
    expect(names).toContain('runs/B-on-Mn/relax/attempt-2/vasprun.xml')
    expect(metadata.upload_name).toBe('Boron: a "screen"')
    expect(metadata.entries).toEqual({ 'runs/B-on-Mn/relax/attempt-2/vasprun.xml': { comment: expect.stringContaining('PBE+U'), external_id: 's/B-on-Mn/relax' } })
  })

  it('says in nomad.yaml only what NOMAD lets a main author edit, of main files that are there', async () => {
    const { text, names } = await unpacked(content('dft', files))
    const { entries = {} } = nomadSchema.parse(parse(text('nomad.yaml')))

    for (const path of Object.keys(entries)) expect(names).toContain(path)
    // It looks for nomad.json before nomad.yaml, and in every folder up from the main file.
    expect(names.filter((name) => /(^|\/)nomad\.(json|ya?ml)$/.test(name))).toEqual(['nomad.yaml'])
    // Of OUTCAR and vasprun.xml in one folder NOMAD takes the second.
    expect(Object.keys(entries)).toEqual([expect.stringMatching(/vasprun\.xml$/)])
  })

  it('leaves POTCAR out, and names its datasets by title and checksum', async () => {
    const { names, text } = await unpacked(content('dft', files))

    expect(names.filter((name) => name.endsWith('POTCAR'))).toEqual([])
    expect(JSON.parse(text('datasets.json'))['s/B-on-Mn/relax']).toEqual({ titles: { B: 'PAW_PBE B 06Sep2000' }, sha256: { 'POTCAR.spec': 'bb' } })
    await expect(exportNomad(content('dft', { ...files, OUTCAR: 'x End of Dataset' }), temporaryFolder())).rejects.toThrow(LicensedContentError)
  })

  it('takes OUTCAR where there is no vasprun.xml, and needs one of the two', async () => {
    const { text } = await unpacked(content('dft', { OUTCAR: 'vasp' }))

    expect(Object.keys(parse(text('nomad.yaml')).entries)).toEqual(['runs/B-on-Mn/relax/attempt-2/OUTCAR'])
    await expect(exportNomad(content('dft', { INCAR: '' }), temporaryFolder())).rejects.toThrow(NothingToExportError)
  })

  it('is refused for a rehearsal; when one insists, its name and every entry say so', async () => {
    await expect(exportNomad(content('rehearsal', files), temporaryFolder())).rejects.toThrow(RehearsalUploadError)
    const { path, text } = await unpacked(content('rehearsal', files, true))

    expect(path).toMatch(/s-nomad-rehearsal\.zip$/)
    expect(text('nomad.yaml')).toMatch(/upload_name: .*rehearsal, not DFT/)
    for (const { comment } of Object.values(parse(text('nomad.yaml')).entries as Record<string, { comment: string }>)) expect(comment).toMatch(/^REHEARSAL:/)
  })
})
