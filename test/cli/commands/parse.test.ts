import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseJsonSchema } from '../../../src/app/parse/parse-schema.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const repository = resolve(import.meta.dirname, '../../..')
const folder = temporaryFolder()

for (let atoms = 1; atoms <= 6; atoms++) {
  const positions = Array.from({ length: atoms }, (_, i) => `0 0 ${i / 10}`)
  writeFileSync(
    join(folder, `POSCAR.${atoms}`),
    ['Li', '1.0', '3 0 0', '0 3 0', '0 0 9', 'Li', String(atoms), 'Direct', ...positions, ''].join('\n'),
  )
}
writeFileSync(join(folder, 'CHGCAR'), 'left out\n')

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function dopant(...words: string[]): Promise<Outcome> {
  return new Promise((done) => {
    const program = [join(repository, 'bin/dopant.js'), ...words]
    execFile(process.execPath, program, { cwd: folder }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

describe('dopant parse', () => {
  it('prints a summary, and complaints apart from it', async () => {
    const { code, stdout, stderr } = await dopant('parse', 'POSCAR.2', 'CHGCAR')

    expect(code).toBe(1)
    expect(stdout).toMatch(/POSCAR\.2 {2}\(POSCAR\)[^]*ionCount\s+2/)
    expect(stderr).toMatch(/CHGCAR: .*expected a structure[^]*Copy the CHGCAR again/)
  })

  it('prints one JSON object a line in the order given, in threads as well', async () => {
    const files = ['POSCAR.3', 'CHGCAR', 'POSCAR.1', 'POSCAR.6', 'POSCAR.2']

    const one = await dopant('parse', '--json', '--fields', 'ionCount', ...files)
    const many = await dopant('parse', '--json', '--fields', 'ionCount', '--jobs', '3', ...files)

    const lines = one.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map((line) => line['file'])).toEqual(files)
    expect(lines.map((line) => line['ionCount'])).toEqual([3, undefined, 1, 6, 2])
    expect(lines[1]).toMatchObject({ kind: 'CHGCAR', error: { code: 'BROKEN_FILE' } })
    expect(many).toEqual(one)
    expect(many.code).toBe(1)
  })

  it('helps with a kind or field that was misspelt', async () => {
    expect(await dopant('parse', '--kind', 'OUTCRA', 'POSCAR.1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean OUTCAR?') as string,
    })
    expect(await dopant('parse', '--fields', 'ionicStps', 'POSCAR.1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean ionicSteps?') as string,
    })
  })

  it('asks for a file when there is none', async () => {
    expect(await dopant('parse')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Name one file') as string,
    })
  })

  it('prints the schema that the documentation holds', async () => {
    const { stdout } = await dopant('parse', '--schema')

    expect(JSON.parse(stdout)).toEqual(parseJsonSchema())
    expect(readFileSync(join(repository, 'docs/parse.schema.json'), 'utf8')).toBe(stdout)
  })
})
