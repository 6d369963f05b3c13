import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isFailure, parseFile, type ParsedFile } from '../../../src/app/parse/parse-file.ts'
import { jsonLine } from '../../../src/app/parse/json-line.ts'
import { recordSchemas } from '../../../src/app/parse/parse-schema.ts'
import { parseSummary } from '../../../src/app/parse/parse-summary.ts'
import { gridText } from '../../../src/vasp/output/grid/grid-text.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const folder = temporaryFolder()

const acf = [
  '    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL',
  ' ------------------------------------------------------------------------------',
  '    1    0.000000    0.000000    0.000000    7.900000     1.000000    16.000000',
  ' ------------------------------------------------------------------------------',
  '    VACUUM CHARGE:               0.1000',
  '    VACUUM VOLUME:               0.0000',
  '    NUMBER OF ELECTRONS:         8.0000',
  '',
].join('\n')

const poscar =
  'MgO\n1.0\n0 2.1 2.1\n2.1 0 2.1\n2.1 2.1 0\nMg O\n1 1\nSelective\nDirect\n0 0 0 F F F\n0.5 0.5 0.5 T T T\n'

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return name
}

const parse = (file: string, options: Partial<Parameters<typeof parseFile>[1]> = {}): Promise<ParsedFile> =>
  parseFile(file, { cwd: folder, ...options })

describe('parseFile', () => {
  it('begins with file and kind', async () => {
    const parsed = await parse(write('ACF.dat', acf))

    expect(Object.keys(parsed).slice(0, 2)).toEqual(['file', 'kind'])
    expect(parsed).toMatchObject({ file: 'ACF.dat', kind: 'ACF.dat', vacuumElectrons: 0.1, electronCount: 8 })
  })

  it('unpacks gzip whatever the name says', async () => {
    expect(await parse(write('charges', gzipSync(acf)))).toMatchObject({ kind: 'ACF.dat', electronCount: 8 })
  })

  it('reads what is there of a gzip file that was cut', async () => {
    const packed = gzipSync(`${poscar}${'remark\n'.repeat(5000)}`, { level: 0 })

    expect(await parse(write('POSCAR.gz', packed.subarray(0, 400)))).toMatchObject({
      kind: 'POSCAR',
      ionCount: 2,
    })
  })

  it('says which command unpacks what it cannot', async () => {
    const parsed = await parse(write('OUTCAR.xz', Buffer.from('fd377a585a0000', 'hex')))

    expect(isFailure(parsed) && parsed.error).toMatchObject({
      code: 'COMPRESSION_UNKNOWN',
      remedy: expect.stringContaining('unxz') as string,
    })
  })

  it.each([
    ['a missing file', 'nothing-here', 'FILE_UNREADABLE'],
    ['a folder', '.', 'FILE_UNREADABLE'],
    ['a letter', write('letter.txt', 'Dear reader,\n'), 'FILE_KIND_UNKNOWN'],
    ['an empty CHGCAR', write('CHGCAR', ''), 'BROKEN_FILE'],
    ['an empty OUTCAR', write('OUTCAR.empty', ''), 'NOT_AN_OUTCAR'],
  ])('answers %s with code, message and remedy', async (_, file, code) => {
    const parsed = await parse(file)

    expect(isFailure(parsed) && parsed.error.code).toBe(code)
    expect(isFailure(parsed) && parsed.error.remedy).toMatch(/\.$|:/)
  })

  it('reads as the kind it is told to', async () => {
    expect(await parse('ACF.dat', { kind: 'BCF.dat' })).toMatchObject({
      kind: 'BCF.dat',
      error: { code: 'BROKEN_FILE' },
    })
  })

  it('takes frozen atoms from the POSCAR beside an OUTCAR', async () => {
    write('POSCAR', poscar)
    const outcar =
      ' vasp.6.3.0 20Jan22 (build Jan 21 2022) complex\n   number of dos      NEDOS =    301   number of ions     NIONS =      2\n'

    expect(await parse(write('OUTCAR', outcar))).toMatchObject({
      ionCount: 2,
      converged: { frozenMask: 'given' },
    })
  })

  it('gives only the fields asked for, also within others', async () => {
    const parsed = await parse('POSCAR', { fields: ['ionCount', 'species', 'nothing'] })

    expect(Object.keys(parsed)).toEqual(['file', 'kind', 'ionCount', 'species'])
  })

  it('sums a grid and leaves its values', async () => {
    const structure = {
      comment: 'He',
      lattice: [
        [4, 0, 0],
        [0, 4, 0],
        [0, 0, 4],
      ] as const,
      sites: [{ element: 'He', fractional: [0, 0, 0] as const }],
    }
    const values = new Float64Array(8).fill(2)
    const name = write(
      'CHGCAR_he',
      Buffer.concat([...gridText(structure, [{ structure, shape: [2, 2, 2], values }])]),
    )

    expect(await parse(name)).toMatchObject({
      grid: [2, 2, 2],
      integralElectrons: 2,
      min: 2,
      max: 2,
      formula: 'He',
      volumeAngstrom3: 64,
    })
  })

  it('keeps to the published schema', async () => {
    for (const file of ['ACF.dat', 'POSCAR', 'CHGCAR_he', 'OUTCAR']) {
      const { kind, ...record } = JSON.parse(jsonLine(await parse(file))) as {
        kind: keyof typeof recordSchemas
      }

      expect(recordSchemas[kind].safeParse(record).error, file).toBeUndefined()
    }
  })
})

describe('parseSummary', () => {
  it('prints one line for each number and the size of each list', async () => {
    const parsed = await parse('ACF.dat')

    const summary = isFailure(parsed) ? '' : parseSummary(parsed)

    expect(summary).toContain('ACF.dat  (ACF.dat)')
    expect(summary).toMatch(/electronCount\s+8\n/)
    expect(summary).toMatch(/atoms\s+1 entry/)
  })
})
