import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lintPlan } from '../../src/app/lint/lint-plan.ts'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import { loadSymmetryEngine, templatesOf } from '../../src/compose.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dopant } from './command-line.ts'
import { mgoPoscar } from './structure-fixtures.ts'

const folder = temporaryFolder()
const flagship = resolve(import.meta.dirname, '../../examples/li2mno3-010/screen.yaml')

const healthyIncar = 'SYSTEM = MgO\nENCUT = 520\nISMEAR = 0\nSIGMA = 0.05\nEDIFF = 1E-6\nPREC = Accurate\n'

interface LintJson {
  readonly counts: Readonly<Record<'error' | 'warning' | 'note', number>>
  readonly folders: readonly {
    readonly folder: string
    readonly files: readonly string[]
    readonly findings: readonly { rule: string; severity: string; line?: number; message: string; why: string; source: string }[]
  }[]
}

/** A folder of inputs with what is given in place of the healthy files. */
function inputs(name: string, files: Readonly<Record<string, string>> = {}): string {
  const all = { INCAR: healthyIncar, POSCAR: mgoPoscar, KPOINTS: 'mesh\n0\nGamma\n6 6 6\n0 0 0\n', ...files }
  mkdirSync(join(folder, name), { recursive: true })
  for (const [file, content] of Object.entries(all)) writeFileSync(join(folder, name, file), content)
  return name
}

async function lint(...names: string[]): Promise<LintJson & { code: number }> {
  const { code, stdout, stderr } = await dopant(['lint', '--json', ...names], { cwd: folder })
  expect(stderr).toBe('')
  return { ...(JSON.parse(stdout) as LintJson), code }
}

describe('dopant lint', () => {
  it('has nothing to say about healthy inputs, and ends with 0', async () => {
    const found = await lint(inputs('healthy', { 'POTCAR.spec': 'Mg PBE Mg 2\nO PBE O 6\n' }))

    expect(found).toMatchObject({ code: 0, counts: { error: 0, warning: 0, note: 0 } })
    expect(found.folders[0]?.files).toEqual(['INCAR', 'POTCAR.spec', 'KPOINTS', 'POSCAR'])
  })

  it('names rule, line, reason and source, and ends with 1 for an error', async () => {
    const incar = `${healthyIncar}ISPIN = 2\nMAGMOM = 3*0\nAGAC = 0\n`

    const found = await lint(inputs('wrong', { INCAR: incar }))

    const [folderFindings] = found.folders
    expect(found.code).toBe(1)
    expect(folderFindings?.findings).toMatchObject([
      { rule: 'unknown-tag', severity: 'warning', line: 9, message: expect.stringContaining('AGGAC') as string },
      { rule: 'magmom', severity: 'error', line: 8, message: expect.stringContaining('8 atoms') as string },
    ])
    for (const { why, source } of folderFindings?.findings ?? []) {
      expect(why.length).toBeGreaterThan(20)
      expect(source).toMatch(/^https:\/\//)
    }
  })

  it('ends with 0 for warnings, which are printed for people with the worst first', async () => {
    inputs('warned', { INCAR: `${healthyIncar}AGAC = 0\n` })

    const { code, stdout } = await dopant(['lint', 'warned'], { cwd: folder })

    expect(code).toBe(0)
    expect(stdout).toMatch(/^warned\n {2}warning INCAR line 7: .*AGAC.* \[unknown-tag\]\n/)
    expect(stdout).toMatch(/1 folder: 0 errors, 1 warning, 0 notes\n$/)
  })

  it('knows from the headers of a POTCAR that its species are in another order', async () => {
    const header = (symbol: string, zval: number): string => `  VRHFIN =${symbol}: x\n  LEXCH  = PE\n  TITEL  = PAW_PBE ${symbol} 01Jan2000\n  POMASS = 10.0; ZVAL = ${zval}.000 mass\n  ENMAX  = 400.000; ENMIN = 300.000 eV\n End of Dataset\n`

    const found = await lint(inputs('potcar', { POTCAR: header('O', 6) + header('Mg', 2) }))

    expect(found.code).toBe(1)
    expect(found.folders[0]?.findings.map(({ rule }) => rule)).toContain('potcar-order')
  })

  it('calls a file that cannot be read an error, and still looks at the others', async () => {
    const found = await lint(inputs('broken', { KPOINTS: 'mesh\n0\nGamma\n', INCAR: `${healthyIncar}AGAC = 0\n` }))

    expect(found.folders[0]?.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['unreadable-file', 'error'],
      ['unknown-tag', 'warning'],
    ])
  })

  it('finds every folder below, each once', async () => {
    inputs('many/relax')
    inputs('many/static')
    inputs('many/.hidden/relax')

    const found = await lint('many', 'many/relax', join('many', 'static', 'INCAR'))

    expect(found.folders.map((each) => each.folder)).toEqual(['many/relax', 'many/static'])
  })

  it('asks for a folder with inputs', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true })

    expect(await dopant(['lint', 'empty'], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('no INCAR in or below') as string })
    expect(await dopant(['lint', 'nowhere'], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no folder') as string })
    expect((await dopant(['lint'], { cwd: folder })).code).toBe(2)
  })
})

describe('the inputs that dopant writes', () => {
  it('give no finding, whichever candidate and step', async () => {
    loadSymmetryEngine()
    const { plan } = await planScreen(flagship)

    const folders = await lintPlan(plan, templatesOf(folder))

    expect(folders).toHaveLength(plan.calculations.length)
    expect(folders.flatMap(({ folder: name, findings }) => findings.map(({ rule }) => `${name} ${rule}`))).toEqual([])
  })

  it('are looked at when they are written: a mistake in the screen is said', async () => {
    const project = join(folder, 'project')
    mkdirSync(project, { recursive: true })
    cpSync(resolve(import.meta.dirname, '../../structures/li2mno3.cif'), join(project, 'li2mno3.cif'))
    const screen = readFileSync(flagship, 'utf8')
      .replace(/file: .*li2mno3\.cif/, 'file: li2mno3.cif')
      .replace('elements: [B, P, S, Si, Al]', 'elements: [B]')
      .replace(/^method:$/m, 'method:\n  incar: { static: { ISMEAR: 1 } }')
    writeFileSync(join(project, 'screen.yaml'), screen)

    const { code, stderr } = await dopant(['plan', 'screen.yaml', '--write', 'inputs'], { cwd: project })

    expect(code).toBe(0)
    expect(stderr).toMatch(/warning INCAR line \d+: ISMEAR = 1/)
    // Five static runs, and the one that checks the grid of the charges.
    expect(stderr).toContain('0 errors, 6 warnings')
  })
})

describe('dopant plan --explain', () => {
  const explain = async (tag: string, screen = flagship): Promise<readonly { step: string; value: string | null; source: string; where: string }[]> => {
    const { code, stdout } = await dopant(['plan', screen, '--explain', tag, '--json'])
    expect(code).toBe(0)
    return JSON.parse(stdout) as readonly { step: string; value: string | null; source: string; where: string }[]
  }

  it('tells a value of the screen with its line, a preset with its paper, a default, and what is left to VASP', async () => {
    const line = readFileSync(flagship, 'utf8').split('\n').findIndex((text) => text.includes('encutEv')) + 1

    expect((await explain('encut'))[0]).toMatchObject({ step: 'relax', value: '520', source: 'screen', where: `method.encutEv, line ${line}` })
    expect((await explain('GGA'))[0]).toMatchObject({ value: 'MK', source: 'preset', where: expect.stringContaining('Klimeš') as string })
    expect((await explain('EDIFF'))[0]).toMatchObject({ value: '1E-6', source: 'default' })
    expect((await explain('NPAR'))[0]).toMatchObject({ value: null, source: 'vasp' })
  })

  it('tells an override and what it replaced, and a tag that a template adds', async () => {
    const project = join(folder, 'explained')
    mkdirSync(join(project, 'templates/vasp'), { recursive: true })
    cpSync(resolve(import.meta.dirname, '../../structures/li2mno3.cif'), join(project, 'li2mno3.cif'))
    writeFileSync(join(project, 'dopant.yaml'), '')
    const text = readFileSync(flagship, 'utf8').replace(/file: .*li2mno3\.cif/, 'file: li2mno3.cif')
    const own = readFileSync(resolve(import.meta.dirname, '../../templates/vasp/INCAR.relax.hbs'), 'utf8')
    writeFileSync(join(project, 'templates/vasp/INCAR.relax.hbs'), `${own}NPAR = 4\n`)
    const screen = join(project, 'screen.yaml')
    writeFileSync(screen, text.replace(/^method:$/m, 'method:\n  incar: { relax: { POTIM: 0.2 } }'))

    const [potim] = await explain('POTIM', screen)
    const npar = await explain('NPAR', screen)

    expect(potim).toMatchObject({ value: '0.2', source: 'override', where: expect.stringMatching(/^method\.incar\.relax\.POTIM, line \d+; instead of 0\.3$/) as string })
    expect(npar.map(({ step, value, source }) => [step, value, source])).toEqual([['relax', '4', 'template'], ['static', null, 'vasp'], ['static-fine-grid', null, 'vasp']])
  })

  it('helps with a tag that was misspelt', async () => {
    expect(await dopant(['plan', flagship, '--explain', 'ECNUT'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean ENCUT?') as string })
  })
})
