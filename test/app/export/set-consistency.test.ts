import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunSettings } from '../../../src/analysis/run-settings.ts'
import { trainingFrameText } from '../../../src/app/export/extxyz-frame.ts'
import { setConsistency } from '../../../src/app/export/set-consistency.ts'
import type { ScreenRun } from '../../../src/app/results/screen-runs.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const usual: RunSettings = {
  ...{ step: 'relax', functional: 'PBE', hubbardUEv: { Mn: 3.9 }, potentials: { Mn: 'PAW_PBE Mn_pv', O: 'PAW_PBE O' }, method: 'dft' },
  ...{ ENCUT: 520, PREC: 'accurate', LASPH: true, LREAL: 'A', ISMEAR: 0, SIGMA: 0.05, kMesh: [3, 3, 1] },
  lattice: [[5, 0, 0], [0, 5, 0], [0, 0, 25]],
} // prettier-ignore

function run(id: string, settings: Partial<RunSettings> | null = {}): ScreenRun {
  return { calculation: { id, candidateId: id }, result: { settings: settings && { ...usual, ...settings } }, collectedAt: undefined, attempts: [] } as unknown as ScreenRun
}

describe('a set of runs', () => {
  it('is consistent where cutoff, functional, U, potentials and k-point density agree, whatever the elements are', () => {
    const boron = run('b', { potentials: { ...usual.potentials, B: 'PAW_PBE B' } })

    expect(setConsistency([run('pristine'), boron, run('al', { potentials: { O: 'PAW_PBE O', Al: 'PAW_PBE Al' }, hubbardUEv: {} })])).toEqual({ marks: new Map(), warnings: [] })
  })

  it('marks the few that differ from the many, wherever they stand, and tells in what', () => {
    const { marks, warnings } = setConsistency([run('coarse', { ENCUT: 400 }), run('pristine'), run('b'), run('raised', { hubbardUEv: { Mn: 5 } })])

    expect([...marks]).toEqual([
      ['coarse', ['settings other than of most runs of this step (there and here): ENCUT: 520 and 400']],
      ['raised', ['settings other than of most runs of this step (there and here): U of Mn: 3.9 and 5 eV']],
    ])
    expect(warnings).toEqual([
      'coarse has other settings than most runs of this step (there and here): ENCUT: 520 and 400',
      'raised has other settings than most runs of this step (there and here): U of Mn: 3.9 and 5 eV',
    ])
  })

  it('compares the U of an element that only some runs have among those', () => {
    const iron = (id: string, u: number) => run(id, { potentials: { ...usual.potentials, Fe: 'PAW_PBE Fe' }, hubbardUEv: { Mn: 3.9, Fe: u } })

    expect([...setConsistency([run('pristine'), iron('one', 5.3), iron('two', 4)]).marks.keys()]).toEqual(['two'])
  })

  it('lets references have a smearing of their own, as the tables of energies do, but nothing else', () => {
    const [metal, molecule] = [run('Li', { ISMEAR: 1, SIGMA: 0.2 }), run('O2', { ENCUT: 700, SIGMA: 0.01 })]

    expect([...setConsistency([metal, run('pristine'), molecule], new Set(['Li', 'O2'])).marks]).toEqual([
      ['O2', ['settings other than of most runs of this step (there and here): ENCUT: 520 and 700']],
    ])
    expect([...setConsistency([metal, run('pristine'), run('b')]).marks.keys()]).toEqual(['Li'])
  })

  it('says of which runs nothing is known', () => {
    expect(setConsistency([run('pristine'), ...['a', 'b', 'c', 'd'].map((id) => run(id, null))])).toEqual({
      marks: new Map(),
      warnings: ['a, b and 2 more have settings that the OUTCAR does not tell'],
    })
  })
})

const python = '/usr/bin/python3'
const hasAse = existsSync(python) && spawnSync(python, ['-c', 'import ase.io']).status === 0
if (!hasAse) console.warn(`skipped the marks of frames read by ASE: ${python} has no ASE (Debian: apt-get install python3-ase)`)

describe.skipIf(!hasAse)('marks of frames, read by ASE', () => {
  it('are the same words, with the energies and forces beside them, and absent where there are none', () => {
    const mark = 'relax with ISYM = 0 after rhosyg, as 1 of 7 in the series: energies do not compare; settings other than of most runs of this step (there and here): U of Mn: 3.9 and 5 eV'
    const frame = (info: Readonly<Record<string, string>>) =>
      trainingFrameText({
        ...{ elements: ['O', 'Mn'], latticeAngstrom: [4, 0, 0, 0, 5, 0, 0, 0, 6], positionsAngstrom: [0, 0, 0, 1.9, 0, 0], forcesEvPerAngstrom: [0.1, 0, 0, -0.1, 0, 0] },
        ...{ energyEv: -10.5, freeEnergyEv: -10.6, info: { config_type: 'pristine', ...info } },
      })
    const file = join(temporaryFolder(), 'set.extxyz')
    writeFileSync(file, frame({ comparability: mark }) + frame({}))

    const script = 'import ase.io, json, sys; print(json.dumps([[a.info.get("comparability"), a.info["config_type"], a.get_potential_energy(), a.get_forces().tolist()] for a in ase.io.read(sys.argv[1], ":")]))'
    const { stdout, stderr } = spawnSync(python, ['-c', script, file], { encoding: 'utf8' })

    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual([mark, null].map((words) => [words, 'pristine', -10.5, [[0.1, 0, 0], [-0.1, 0, 0]]]))
  })
})
