import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { sharedFolder } from '../structure/shared-files.ts'
import { temporaryFolder } from '../temporary-folder.ts'

interface PlanJson {
  readonly candidates: readonly { readonly id: string; readonly atomCount: number; readonly formalChargeBalance: number }[]
  readonly calculations: readonly { readonly id: string; readonly kMesh: readonly number[] }[]
}

const cifs = sharedFolder('cifs')
const corpus = sharedFolder('corpus')

/** Other people's files as hosts: states of the host, the surface, one dopant on one element. */
const hosts = [
  { file: `${cifs}/icsd_LiCoO2.cif`, states: '{ Li: 1, Co: 3, O: -2 }', hkl: '[1, 0, 4]', dopant: 'Al', replace: 'Co', each: 0 },
  { file: `${cifs}/TiO2.cif`, states: '{ Ti: 4, O: -2 }', hkl: '[1, 1, 0]', dopant: 'Nb', replace: 'Ti', each: 1 },
  { file: `${cifs}/icsd_batio3.cif`, states: '{ Ba: 2, Ti: 4, O: -2 }', hkl: '[0, 0, 1]', dopant: 'Zr', replace: 'Ti', each: 0 },
  { file: `${cifs}/V2O3.cif`, states: '{ V: 3, O: -2 }', hkl: '[0, 0, 1]', dopant: 'Ti', replace: 'V', each: 1 },
  { file: `${corpus}/files/pmgdb-db_test-Li2O/POSCAR`, states: '{ Li: 1, O: -2 }', hkl: '[1, 1, 1]', dopant: 'Mg', replace: 'Li', each: 1 },
  { file: `${corpus}/files/doped-MgO-Bulk_relax/POSCAR`, states: '{ Mg: 2, O: -2 }', hkl: '[1, 0, 0]', dopant: 'Al', replace: 'Mg', each: 1 },
] as const // prettier-ignore

describe.skipIf(cifs === undefined || corpus === undefined)('other people’s crystals as hosts', () => {
  it.each(hosts)('$file is cut and doped', async ({ file, states, hkl, dopant, replace, each }) => {
    expect(existsSync(file), file).toBe(true)
    const { plan, folder } = await planOf(`
name: host
host: { file: ${JSON.stringify(file)}, oxidationStates: ${states} }
slab: { millerIndex: ${hkl}, repeats: 2 }
dopants: { elements: [${dopant}], sites: [{ replace: ${replace} }], faces: one, rattleAngstrom: 0 }
`)

    const [undoped, doped] = plan.candidates
    expect(undoped).toMatchObject({ id: 'pristine', formalChargeBalance: 0 })
    expect(doped).toMatchObject({ id: `${dopant}-on-${replace}`, formalChargeBalance: each, atomCount: undoped?.atomCount })
    expect(plan.calculations.every(({ kMesh }) => kMesh[2] === 1)).toBe(true)
    for (const name of ['INCAR', 'KPOINTS', 'POSCAR', 'POTCAR.spec']) {
      expect(readFileSync(join(folder, 'inputs/host', doped?.id ?? '', 'relax', name), 'utf8').length).toBeGreaterThan(10)
    }
  })
})

async function planOf(text: string): Promise<{ plan: PlanJson; folder: string }> {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'screen.yaml'), text)
  const io = { out: '', err: '' }
  const code = await main(['plan', 'screen.yaml', '--json', '--write', 'inputs'], {
    stdout: { write: (more: string) => void (io.out += more) },
    stderr: { write: (more: string) => void (io.err += more) },
    isTerminal: false,
    cwd: folder,
    environment: process.env,
    stdin: process.stdin,
    signal: new AbortController().signal,
  })
  expect(code, io.err).toBe(0)
  return { plan: JSON.parse(io.out) as PlanJson, folder }
}
