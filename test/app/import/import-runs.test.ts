import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { expendableOf } from '../../../src/app/engine/disk-holders.ts'
import { findRuns } from '../../../src/app/import/find-runs.ts'
import { LabelTakenError, NoRunError } from '../../../src/app/import/import-errors.ts'
import { planImport, saveImport, type ImportRequest, type ImportedRow } from '../../../src/app/import/import-runs.ts'
import { screenResults, tableSettingsOf } from '../../../src/app/results/screen-results.ts'
import type { TableRow } from '../../../src/tables/result-table.ts'
import { resultTable } from '../../../src/workflow/tables/result-tables.ts'
import { corpusFolder, hasCorpus, whySkipped } from '../../corpus/corpus-cases.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { rehearsedProject, type RehearsedProject } from '../engine/rehearsed-project.ts'

/** The recorded run used up its three ionic steps; with a looser limit of 9 eV/Å they suffice. */
const recorded = gunzipSync(readFileSync(join(import.meta.dirname, '../../fixtures/rehearsal/OUTCAR.gz'))).toString('latin1')
const whole = recorded.replace('EDIFFG = -.1E-01', 'EDIFFG = -.9E+01')

let project: RehearsedProject
beforeAll(async () => {
  loadSymmetryEngine()
  project = await rehearsedProject()
}, 60_000)
afterAll(() => project.workspace.close())

async function take(request: ImportRequest): Promise<readonly ImportedRow[]> {
  const { store, clock } = project.workspace.parts
  const plan = await planImport(store, clock, localTransport(), request)
  await saveImport(store, plan, { dopantVersion: 'test' })
  return plan.rows
}

async function rowsOf(screenName: string, table: string): Promise<readonly TableRow[]> {
  const { store } = project.workspace.parts
  return resultTable(table, await screenResults(store, screenName, () => 'dft'), await tableSettingsOf(store, screenName)).rows
}

/** `runs/whole` with all of an OUTCAR, `runs/cut` with its first half, `runs/noise` with a damaged one. */
function handMade(): string {
  const runs = join(temporaryFolder(), 'runs')
  for (const name of ['whole', 'cut', 'noise']) mkdirSync(join(runs, name), { recursive: true })
  writeFileSync(join(runs, 'whole', 'OUTCAR.gz'), gzipSync(Buffer.from(whole, 'latin1')))
  writeFileSync(join(runs, 'cut', 'OUTCAR'), whole.slice(0, whole.length / 2))
  writeFileSync(join(runs, 'noise', 'OUTCAR'), Buffer.from([0x42, 0x5a, 0x68, 0x39]))
  writeFileSync(join(runs, 'whole', 'POTCAR'), 'licensed')
  return runs
}

describe('folders of runs that were made by hand', () => {
  it('are members by their names; sub-folders named like steps belong to one member', () => {
    const top = temporaryFolder()
    for (const name of ['B/01-relax', 'B/02-static', 'P', 'P/test', 'empty']) {
      mkdirSync(join(top, name), { recursive: true })
      if (name !== 'empty') writeFileSync(join(top, name, 'OUTCAR'), '')
    }
    const names = (folders: readonly string[]) => findRuns(folders).map(({ label, folders: found }) => [label, found.length])

    expect(names([top])).toEqual([['B', 2], ['P', 1]]) // prettier-ignore
    expect(names([join(top, 'B/01-relax'), join(top, 'B/02-static')])).toEqual([['B', 2]])
    expect(() => findRuns([join(top, 'empty')])).toThrow(NoRunError)
    expect(() => findRuns([join(top, 'B'), join(top, 'P')], 'both')).toThrow(LabelTakenError)
  })
})

describe('an imported rehearsal', () => {
  const runs = handMade()

  it('is a row that says rehearsal; what was cut off or cannot be read is a row with the reason', async () => {
    const rows = await take({ folders: [runs], screenName: 'hand' })
    const bonds = await rowsOf('hand', 'bonds')

    expect(rows.map(({ candidate, method, change }) => [candidate, method, change])).toEqual([
      ['whole', 'rehearsal', 'new'],
      ['cut', 'rehearsal', 'new'],
      ['noise', null, 'new'],
    ])
    expect(bonds.map(({ candidate }) => candidate)).toEqual(['whole', 'cut', 'noise'])
    expect(bonds[0]).toMatchObject({ method: 'rehearsal', flags: 'geometry of OUTCAR: CONTCAR is missing or damaged; imported', meanAngstrom: expect.any(Number) })
    expect(bonds[1]!['meanAngstrom']).toMatchObject({ missing: expect.stringMatching(/OUTCAR ends after \d+ ionic steps?: the run was cut off/) })
    expect(bonds[2]!['meanAngstrom']).toMatchObject({ missing: expect.stringContaining('bzip2') })
  })

  it('says of a static run without charges what is missing, and of an ACF.dat that is of another run', async () => {
    const folders = ['bare', 'foreign'].map((name) => join(temporaryFolder(), name))
    for (const folder of folders) {
      mkdirSync(folder)
      writeFileSync(join(folder, 'OUTCAR'), whole)
    }
    writeFileSync(join(folders[1]!, 'ACF.dat'), '# X Y Z CHARGE MIN_DIST ATOMIC_VOL\n1 0 0 0 2.1 0.9 9.5\nNUMBER OF ELECTRONS: 2.1\n')
    await take({ folders, screenName: 'uncharged', step: 'static' })
    const [bare, foreign] = await rowsOf('uncharged', 'charges')
    const energies = await rowsOf('uncharged', 'energies')

    expect(bare!['hostCationChargeE']).toMatchObject({ missing: expect.stringMatching(/^the folder has no ACF\.dat: CHGCAR \(the charge density\) and AECCAR0 .* are missing$/) })
    expect(foreign!['hostCationChargeE']).toMatchObject({ missing: expect.stringMatching(/^ACF\.dat has charges of 1 atoms and the cell has \d+: it belongs to another run$/) })
    expect(energies.map(({ staticEnergyEv }) => typeof staticEnergyEv)).toEqual(['number', 'number'])
  })

  it('tells where it came from, with checksums of what was read, and was never written to', async () => {
    const { store } = project.workspace.parts
    const calculation = (await store.calculations({ screenName: 'hand' }))[0]!
    const [attempt] = await store.attempts(calculation.id)
    const events = await store.events({ calculationId: calculation.id })

    expect(calculation).toMatchObject({ state: 'done', site: 'imported', remoteFolder: join(runs, 'whole') })
    expect(attempt!.outputs!['OUTCAR.gz']).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), isKept: false })
    expect(JSON.stringify(attempt)).not.toContain('POTCAR')
    expect(events.at(-1)).toMatchObject({ actor: 'import', to: 'done' })
    expect(readdirSync(join(runs, 'whole')).sort()).toEqual(['OUTCAR.gz', 'POTCAR'])
  })

  it('is not taken twice, and read again when it has gone on', async () => {
    const before = await project.workspace.parts.store.lastSequence()
    expect((await take({ folders: [runs], screenName: 'hand' })).map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(await project.workspace.parts.store.lastSequence()).toBe(before)

    writeFileSync(join(runs, 'cut', 'OUTCAR'), whole)
    const again = await take({ folders: [runs], screenName: 'hand' })
    expect(again.find(({ candidate }) => candidate === 'cut')).toMatchObject({ change: 'read again', missing: null })
    expect((await rowsOf('hand', 'bonds')).find(({ candidate }) => candidate === 'cut')!['meanAngstrom']).toEqual(expect.any(Number))
  })

  it('is nothing that dopant may clean', async () => {
    const { store } = project.workspace.parts
    const calculations = await store.calculations({ screenName: 'hand', states: ['done'] })

    expect(calculations.length).toBeGreaterThan(0)
    expect(await expendableOf(store, calculations, 'person')).toEqual([])
  })
})

describe('a run imported beside the candidates of a screen', () => {
  const hostFile = join(import.meta.dirname, '../../../structures/li2mno3.cif')
  const screen = (encut: number): string =>
    `name: beside\nhost: { file: ${hostFile}, form: bulk, oxidationStates: { Li: 1, Mn: 4, O: -2 } }\nmethod: { encutEv: ${encut} }\nsteps: [{ kind: static }]\n`

  it('stays when the screen changes, and may not take the name of a candidate', async () => {
    const { store } = project.workspace.parts
    const runs = handMade()
    await project.save(screen(500))
    await take({ folders: [join(runs, 'whole')], screenName: 'beside', label: 'by-hand' })
    await project.save(screen(540))
    const ids = (await store.calculations({ screenName: 'beside' })).map(({ id }) => id)

    expect((await store.screen('beside'))!.candidates.map(({ id }) => id)).toEqual(['pristine', 'by-hand'])
    expect(ids).toContain('beside/by-hand/relax')
    await expect(take({ folders: [join(runs, 'whole')], screenName: 'beside', label: 'pristine' })).rejects.toThrow(LabelTakenError)
  })
})

const noCorpus = hasCorpus ? '' : ` (skipped: ${whySkipped})`

describe.runIf(hasCorpus)('hand-made +U runs of MgMn2O4 (VASP 6.3.2), relaxed ferromagnetic and static antiferromagnetic', () => {
  const folderOf = (name: string): string => join(corpusFolder, 'files', name)
  const [relax, last] = [folderOf('atomate2-MgMn2O4_magnetic-relax_1_3_-fm'), folderOf('atomate2-MgMn2O4_magnetic-static_2_3_-afm')]
  const oracle = (folder: string) => JSON.parse(readFileSync(join(folder, 'oracle.json'), 'utf8')).files

  beforeAll(async () => {
    await take({ folders: [relax], screenName: 'mgmn2o4', label: 'fm' })
    await take({ folders: [last], screenName: 'mgmn2o4', label: 'afm' })
  }, 60_000)

  it(`have the energies that an independent reader finds${noCorpus}`, async () => {
    const [fm, afm] = await rowsOf('mgmn2o4', 'energies')

    expect(fm!['relaxedEnergyEv']).toBeCloseTo(oracle(relax).OUTCAR.oracle.text.energy_sigma0.at(-1), 6)
    expect(afm!['staticEnergyEv']).toBeCloseTo(oracle(last).OUTCAR.oracle.text.energy_sigma0.at(-1), 6)
  })

  it(`have its moments: Mn3+ in both${noCorpus}`, async () => {
    const rows = await rowsOf('mgmn2o4', 'moments')
    const moments = [relax, last].map((folder) => oracle(folder).OUTCAR.oracle.text)

    rows.forEach((row, n) => {
      const manganese = moments[n].site_magnetization_tot.slice(2, 6).map(Math.abs)
      expect(row['hostCationMeanMuB']).toBeCloseTo(manganese.reduce((sum: number, m: number) => sum + m, 0) / 4, 3)
      expect(row['totalMomentMuB']).toBeCloseTo(moments[n].magnetization_last[0], 4)
      expect(row['hostCationStates']).toBe('Mn3+ × 4')
    })
  })

  it(`have the Mn–O bonds of its CONTCAR: four short and two long, as Jahn and Teller say${noCorpus}`, async () => {
    const [fm] = await rowsOf('mgmn2o4', 'bonds')
    const { lattice, frac, species } = oracle(relax).CONTCAR.oracle.agreed
    const lengths = bondsByHand(lattice, frac, species, 2.5)

    expect(fm!['coordination']).toBe('6')
    expect(lengths).toHaveLength(24)
    expect(fm!['meanAngstrom']).toBeCloseTo(lengths.reduce((sum, d) => sum + d, 0) / 24, 5)
    expect(fm!['minAngstrom']).toBeCloseTo(Math.min(...lengths), 5)
    expect(fm!['maxAngstrom']).toBeCloseTo(Math.max(...lengths), 5)
  })
})

/** Every Mn–O distance below a limit, over 27 cells. */
function bondsByHand(lattice: number[][], fractional: number[][], species: string[], limit: number): number[] {
  const shifts = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((k) => [i, j, k])))
  const of = (element: string) => fractional.filter((_, n) => species[n] === element)
  return of('Mn').flatMap((metal) =>
    of('O').flatMap((oxygen) =>
      shifts.flatMap((shift) => {
        const d = oxygen.map((x, axis) => x + shift[axis]! - metal[axis]!)
        const length = Math.hypot(...[0, 1, 2].map((axis) => d.reduce((sum, x, row) => sum + x * lattice[row]![axis]!, 0)))
        return length < limit ? [length] : []
      }),
    ),
  )
}
