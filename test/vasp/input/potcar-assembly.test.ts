import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { potcarAssemblyLines } from '../../../src/vasp/input/potcar-assembly.ts'
import type { PotcarSpec } from '../../../src/vasp/input/potcar-spec.ts'

const spec: PotcarSpec = [
  { symbol: 'Li_sv', functional: 'PBE', element: 'Li', zval: 3 },
  { symbol: 'Mn_pv', functional: 'PBE', element: 'Mn', zval: 13 },
  { symbol: 'O', functional: 'PBE', element: 'O', zval: 6 },
]

// Only the lines that are looked at, made up for the purpose: no dataset is here.
function header(title: string, zval: number, enmaxEv: number): string {
  return ` ${title}\n   TITEL  = ${title}\n   POMASS =    1.000; ZVAL   =   ${zval.toFixed(3)}    mass and valenz\n   ENMAX  =  ${enmaxEv}; ENMIN  =  200.0 eV\n`
}

let folder = ''
let library = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dopant potcar '))
  library = join(folder, "site's library")
  put('Li_sv/POTCAR', header('PAW_PBE Li_sv 10Sep2004', 3, 499.034))
  put('Mn_pv/POTCAR.gz', gzipSync(header('PAW_PBE Mn_pv 02Aug2007', 13, 269.864)))
  put('POTCAR.O', header('PAW_PBE O 08Apr2002', 6, 400))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('potcarAssemblyLines', () => {
  it('joins plain and packed datasets in POSCAR order and records their identity', () => {
    const result = assemble(spec)

    expect(result).toMatchObject({ status: 0, stderr: '' })
    const titles = [...readFileSync(join(folder, 'POTCAR'), 'utf8').matchAll(/TITEL {2}= (.*)/g)].map(
      (match) => match[1],
    )
    expect(titles).toEqual(['PAW_PBE Li_sv 10Sep2004', 'PAW_PBE Mn_pv 02Aug2007', 'PAW_PBE O 08Apr2002'])
    const identity = readFileSync(join(folder, 'POTCAR.identity'), 'utf8').split('\n')
    expect(identity[1]).toMatch(/^Mn_pv\tPAW_PBE Mn_pv 02Aug2007\t13\.000\t269\.864\t[0-9a-f]{64}$/)
  })

  it('does the same when it is repeated', () => {
    assemble(spec)
    const first = readFileSync(join(folder, 'POTCAR'), 'utf8')
    assemble(spec)

    expect(readFileSync(join(folder, 'POTCAR'), 'utf8')).toBe(first)
  })

  it('fails with the name of a missing dataset and leaves no POTCAR', () => {
    const result = assemble([...spec, { symbol: 'B', functional: 'PBE', element: 'B', zval: 3 }])

    expect(result.status).toBe(3)
    expect(result.stderr).toContain('no dataset B in')
    expect(existsSync(join(folder, 'POTCAR'))).toBe(false)
  })

  it('refuses a dataset of another functional, another name or another valence', () => {
    put('POTCAR.O', header('PAW O 22Mar2012', 6, 400))
    expect(assemble(spec).stderr).toContain("is 'PAW O 22Mar2012', wanted 'PAW_PBE O'")

    put('POTCAR.O', header('PAW_PBE O_s 07Sep2000', 6, 282))
    expect(assemble(spec).stderr).toContain("wanted 'PAW_PBE O'")

    put('POTCAR.O', header('PAW_PBE O 08Apr2002', 8, 400))
    expect(assemble(spec).stderr).toContain('has ZVAL 8.000, planned with 6')
  })

  it('says so when the library is not set', () => {
    expect(assemble(spec, '').stderr).toContain("no library folder ''")
  })

  it('takes a symbol for data, whatever is in it', () => {
    const result = assemble([{ symbol: "O'; touch harmed; '", functional: 'PBE', element: 'O', zval: 6 }])

    expect(result.status).toBe(3)
    expect(existsSync(join(folder, 'harmed'))).toBe(false)
  })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(library, path)), { recursive: true })
  writeFileSync(join(library, path), content)
}

function assemble(wanted: PotcarSpec, libraryFolder = library): { status: number | null; stderr: string } {
  const script = potcarAssemblyLines(wanted).join('\n')
  const environment = { PATH: process.env.PATH, DOPANT_POTCAR_LIBRARY: libraryFolder }
  return spawnSync('sh', ['-c', script], { cwd: folder, env: environment, encoding: 'utf8' })
}
