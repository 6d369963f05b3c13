import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { exportArchive, type ArchiveContent } from '../../../src/app/export/export-archive.ts'
import { cifText, exportCif } from '../../../src/app/export/export-cif.ts'
import { LicensedContentError, NothingToExportError, RehearsalExportError } from '../../../src/app/export/export-errors.ts'
import { exportExtxyz, type ExtxyzFile } from '../../../src/app/export/export-extxyz.ts'
import { trainingFrameText } from '../../../src/app/export/extxyz-frame.ts'
import type { RunFiles } from '../../../src/app/results/run-files.ts'
import type { ScreenRun } from '../../../src/app/results/screen-runs.ts'
import { readCif } from '../../../src/structure/cif/read-cif.ts'
import { readOutcar } from '../../../src/vasp/output/outcar/read-outcar.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { candidate, structure } from '../report/fixtures.ts'

const run = (method: 'dft' | 'rehearsal'): ScreenRun =>
  ({
    calculation: { id: 's/B-on-Mn/relax', candidateId: 'B-on-Mn', step: 'relax', state: 'done', attempt: 1, plan: { functional: 'PBE+U' } },
    result: { method, structure },
    collectedAt: undefined,
    attempts: [],
  }) as unknown as ScreenRun

/** Files of one run, held in memory. */
function filesOf(content: Readonly<Record<string, string>>): RunFiles {
  return {
    read: async (_, name, read) => (content[name] === undefined ? undefined : read(chunksOf(content[name]))),
  }
}

async function* chunksOf(text: string, size = text.length > 5000 ? 65_536 : 5): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size))
}

describe('extended XYZ', () => {
  it('brings lattice, positions, forces and both energies in the places that the format names', () => {
    const text = trainingFrameText({
      elements: ['O', 'Mn'],
      latticeAngstrom: [4, 0, 0, 0, 5, 0, 0, 0, 6],
      positionsAngstrom: [0, 0, 0, 1.9, 0, 0],
      forcesEvPerAngstrom: [0.1, -0.2, 0, -0.1, 0.2, 0],
      energyEv: -10.5,
      freeEnergyEv: -10.6,
      info: { functional: 'PBE+U', note: 'two "words"', rehearsal: true },
    })
    const [count, comment, ...rows] = text.trimEnd().split('\n')

    expect(count).toBe('2')
    expect(comment).toContain('Lattice="4.00000000 0.00000000 0.00000000 0.00000000 5.00000000')
    expect(comment).toContain('Properties=species:S:1:pos:R:3:forces:R:3 energy=-10.5 free_energy=-10.6 functional=PBE+U')
    expect(comment!.match(/"/g)!.length % 2).toBe(0)
    expect(comment).toContain('rehearsal=T')
    expect(rows[1]!.trim().split(/\s+/)).toEqual(['Mn', '1.90000000', '0.00000000', '0.00000000', '-0.10000000', '0.20000000', '0.00000000'])
  })

  it('refuses a rehearsal, from which a potential would learn the stand-in', async () => {
    const request = { screenName: 's', runs: [run('rehearsal')], files: filesOf({}), allowRehearsal: false, marks: new Map() }

    await expect(exportExtxyz(request, temporaryFolder())).rejects.toThrow(RehearsalExportError)
  })

  it('has a frame for every ionic step of a run, with the numbers of its OUTCAR', async () => {
    const text = gunzipSync(readFileSync(join(import.meta.dirname, '../../fixtures/rehearsal/OUTCAR.gz'))).toString('latin1')
    const outcar = await readOutcar([Buffer.from(text)], { keepSteps: 'all' })
    const sites = outcar.species.flatMap(({ symbol, count }) => Array.from({ length: count ?? 0 }, () => ({ element: symbol.split('_')[0]!, fractional: [0, 0, 0] })))
    const runs = [{ ...run('rehearsal'), result: { method: 'rehearsal', structure: { ...structure, sites } } } as unknown as ScreenRun]

    const written = await exportExtxyz({ screenName: 's', runs, files: filesOf({ OUTCAR: text }), allowRehearsal: true, marks: new Map() }, temporaryFolder())
    const [{ path, frames }] = written as [ExtxyzFile]
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    const last = lines.slice(-sites.length).map((line) => line.trim().split(/\s+/).slice(1).map(Number))

    expect(path).toMatch(/s-relax-rehearsal\.extxyz$/)
    expect(frames).toBe(outcar.ionicSteps.length)
    expect(lines).toHaveLength(frames * (sites.length + 2))
    last.forEach((row, ion) => {
      expect(row.slice(0, 3).map((x, axis) => x - outcar.final!.positionsCartesianAngstrom![ion]![axis]!)).toEqual([0, 0, 0])
      expect(row.slice(3).map((f, axis) => f - outcar.final!.forcesEvPerAngstrom![ion]![axis]!)).toEqual([0, 0, 0])
    })
    expect(lines.filter((line) => line.includes('rehearsal=T'))).toHaveLength(frames)
  })

  it('has the frames of every attempt in order, but none from before a correction that changes what the energy means', async () => {
    const text = gunzipSync(readFileSync(join(import.meta.dirname, '../../fixtures/rehearsal/OUTCAR.gz'))).toString('latin1')
    const outcar = await readOutcar([Buffer.from(text)], { keepSteps: 'all' })
    const sites = outcar.species.flatMap(({ symbol, count }) => Array.from({ length: count ?? 0 }, () => ({ element: symbol.split('_')[0]!, fractional: [0, 0, 0] })))
    const retried = (classes: readonly string[]): ScreenRun => {
      const { calculation } = run('rehearsal')
      const attempts = classes.map((each, n) => ({ attempt: n + 1, site: 'here', remoteFolder: `/run/attempt-${n + 1}`, corrections: each === '' ? [] : [{ class: each }] }))
      return { calculation: { ...calculation, attempt: 3, remoteFolder: '/run/attempt-3' }, result: { method: 'rehearsal', structure: { ...structure, sites } }, collectedAt: undefined, attempts } as unknown as ScreenRun
    }
    const attemptsIn = async (classes: readonly string[]) => {
      const request = { screenName: 's', runs: [retried(classes)], files: filesOf({ OUTCAR: text }), allowRehearsal: true, marks: new Map() }
      const [file] = await exportExtxyz(request, temporaryFolder())
      return [...readFileSync(file!.path, 'utf8').matchAll(/attempt=(\d) ionic_step=(\d+)/g)].map(([, attempt, step]) => `${attempt}.${step}`)
    }

    expect(await attemptsIn(['', 'path', 'path'])).toEqual(['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1', '3.2', '3.3'])
    expect(await attemptsIn(['', 'comparability', 'path'])).toEqual(['2.1', '2.2', '2.3', '3.1', '3.2', '3.3'])
  })

  it('says in every frame of a marked calculation why its energies do not compare, and counts them', async () => {
    const text = gunzipSync(readFileSync(join(import.meta.dirname, '../../fixtures/rehearsal/OUTCAR.gz'))).toString('latin1')
    const outcar = await readOutcar([Buffer.from(text)], { keepSteps: 'all' })
    const sites = outcar.species.flatMap(({ symbol, count }) => Array.from({ length: count ?? 0 }, () => ({ element: symbol.split('_')[0]!, fractional: [0, 0, 0] })))
    const member = (id: string) => ({ ...run('rehearsal'), calculation: { ...run('rehearsal').calculation, id }, result: { method: 'rehearsal', structure: { ...structure, sites } } }) as unknown as ScreenRun
    const request = { screenName: 's', runs: [member('s/pristine/relax'), member('s/B/relax')], files: filesOf({ OUTCAR: text }), allowRehearsal: true }

    const [file] = await exportExtxyz({ ...request, marks: new Map([['s/pristine/relax', ['relax with ISYM = 0: energies do not compare']]]) }, temporaryFolder())
    const comments = readFileSync(file!.path, 'utf8').split('\n').filter((line) => line.startsWith('Lattice='))

    expect([file!.frames, file!.marked]).toEqual([6, 3])
    expect(comments.map((line) => /comparability="([^"]*)"/.exec(line)?.[1])).toEqual([...Array<string>(3).fill('relax with ISYM = 0: energies do not compare'), undefined, undefined, undefined])
  })

  it('says when no OUTCAR is at hand', async () => {
    const request = { screenName: 's', runs: [run('dft')], files: filesOf({}), allowRehearsal: false, marks: new Map() }

    await expect(exportExtxyz(request, temporaryFolder())).rejects.toThrow(NothingToExportError)
  })
})

describe('CIF', () => {
  it('is read back as the same structure', async () => {
    const [path] = await exportCif('s', [candidate], temporaryFolder())
    const back = readCif(readFileSync(path!, 'utf8')).structure

    expect(back.sites.map(({ element }) => element)).toEqual(structure.sites.map(({ element }) => element))
    back.sites.forEach(({ fractional }, n) => fractional.forEach((x, axis) => expect(x).toBeCloseTo(structure.sites[n]!.fractional[axis]!, 8)))
  })

  it('says in its first line and in its block that it is a rehearsal', () => {
    expect(cifText({ ...candidate, method: 'rehearsal' })).toMatch(/^# Rehearsal:.*\ndata_B-on-Mn-rehearsal/)
    expect(cifText(candidate)).not.toMatch(/rehears/i)
  })

  it('needs a relaxed structure', async () => {
    const { relaxed: _, ...open } = candidate

    await expect(exportCif('s', [open], temporaryFolder())).rejects.toThrow(NothingToExportError)
  })
})

describe('the archive', () => {
  const content: ArchiveContent = {
    screenName: 's',
    title: 'Boron',
    screenText: 'name: s\n',
    runs: [run('dft')],
    candidates: [candidate],
    tables: [{ name: 'bonds', title: 'Bonds', columns: [], rows: [], notes: [] }],
    files: filesOf({ INCAR: 'ENCUT = 520\n', OUTCAR: ' vasp.6.4.2\n', POTCAR: 'PAW_PBE B\n', CHGCAR: '1 2 3', 'job.sh': 'account' }),
    isRehearsal: false,
    now: new Date('2026-01-02T03:04:05Z'),
  }

  it('holds inputs, outputs, structures and tables, and of a run nothing else', async () => {
    const path = join(temporaryFolder(), 's.zip')
    await exportArchive(content, path)
    const names = Object.keys(unzipSync(readFileSync(path)))

    expect(names.filter((name) => name.startsWith('runs/'))).toEqual(['runs/B-on-Mn/relax/attempt-1/INCAR', 'runs/B-on-Mn/relax/attempt-1/OUTCAR'])
    expect(names).toEqual(expect.arrayContaining(['screen.yaml', 'tables/bonds.csv', 'structures/B-on-Mn.cif', 'SHA256SUMS', 'ro-crate-metadata.json']))
  })

  it('has a right checksum for every file, in both lists', async () => {
    const path = join(temporaryFolder(), 's.zip')
    await exportArchive(content, path)
    const files = unzipSync(readFileSync(path))
    const sums = strFromU8(files['SHA256SUMS']!).trimEnd().split('\n').map((line) => line.split('  '))
    const crate = JSON.parse(strFromU8(files['ro-crate-metadata.json']!)) as { '@graph': { '@id': string; sha256?: string }[] }

    expect(sums.length).toBeGreaterThan(5)
    for (const [sum, name] of sums) {
      expect(createHash('sha256').update(files[name!]!).digest('hex')).toBe(sum)
      expect(crate['@graph'].find((part) => part['@id'] === name)?.sha256).toBe(sum)
    }
  })

  it('describes itself as RO-Crate 1.1 asks for: descriptor, root and every file, with terms of its context only', async () => {
    const path = join(temporaryFolder(), 's.zip')
    await exportArchive(content, path)
    const files = unzipSync(readFileSync(path))
    const crate = JSON.parse(strFromU8(files['ro-crate-metadata.json']!)) as { '@context': unknown; '@graph': Record<string, unknown>[] }
    const entity = (id: string) => crate['@graph'].find((each) => each['@id'] === id)!
    const root = entity('./')
    const parts = (root['hasPart'] as { '@id': string }[]).map((part) => part['@id'])

    expect(crate['@context']).toEqual(['https://w3id.org/ro/crate/1.1/context', { sha256: 'http://schema.org/sha256' }])
    expect(entity('ro-crate-metadata.json')).toEqual({ '@id': 'ro-crate-metadata.json', '@type': 'CreativeWork', conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' }, about: { '@id': './' } })
    expect(root).toMatchObject({ '@type': 'Dataset', name: expect.any(String) as string, description: expect.any(String) as string, datePublished: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string })
    // A flat graph: each entity once, each part described, each file in the archive.
    expect(new Set(crate['@graph'].map((each) => each['@id'])).size).toBe(crate['@graph'].length)
    expect(crate['@graph'].filter((each) => each['@type'] === 'File').map((each) => each['@id'])).toEqual(parts)
    expect(Object.keys(files).filter((name) => name !== 'ro-crate-metadata.json' && name !== 'SHA256SUMS').every((name) => parts.includes(encodeURI(name)))).toBe(true)
    for (const id of parts) expect(files[decodeURIComponent(id)]).toBeDefined()
    const known = ['@id', '@type', 'name', 'description', 'datePublished', 'hasPart', 'conformsTo', 'about', 'encodingFormat', 'contentSize', 'sha256']
    expect([...new Set(crate['@graph'].flatMap((each) => Object.keys(each)))].filter((term) => !known.includes(term))).toEqual([])
  })

  it('is the same, byte by byte, when made again', async () => {
    const folder = temporaryFolder()
    await exportArchive(content, join(folder, 'one.zip'))
    await exportArchive(content, join(folder, 'two.zip'))

    expect(readFileSync(join(folder, 'one.zip')).equals(readFileSync(join(folder, 'two.zip')))).toBe(true)
  })

  it('stops without leaving a file when PAW data turn up where there should be none, also across two chunks', async () => {
    const folder = temporaryFolder()
    const files = filesOf({ OUTCAR: 'something\n End of Dataset\n' })

    await expect(exportArchive({ ...content, files }, join(folder, 's.zip'))).rejects.toThrow(LicensedContentError)
    expect(readdirSync(folder)).toEqual([])
    expect(existsSync(join(folder, 's.zip'))).toBe(false)
  })

  it('begins with the words that it is a rehearsal', async () => {
    const path = join(temporaryFolder(), 's.zip')
    await exportArchive({ ...content, isRehearsal: true }, path)
    const files = unzipSync(readFileSync(path))

    expect(strFromU8(files['README.txt']!)).toMatch(/^REHEARSAL/)
    expect(strFromU8(files['ro-crate-metadata.json']!)).toContain('rehearsal, not DFT')
  })
})
