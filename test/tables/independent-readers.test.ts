import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { trainingFrameText } from '../../src/app/export/extxyz-frame.ts'
import { csvExporter } from '../../src/tables/csv.ts'
import { jsonExporter, type TableData } from '../../src/tables/json.ts'
import { latexExporter } from '../../src/tables/latex.ts'
import { missing, type ResultTable } from '../../src/tables/result-table.ts'
import { xlsxExporter } from '../../src/tables/xlsx.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const table: ResultTable = {
  name: 'bonds',
  title: 'Bond lengths & charges, 50 % <done>',
  columns: [
    { key: 'candidate', label: 'Candidate', description: 'Identifier' },
    { key: 'meanAngstrom', label: 'd_mean', unit: 'Å', digits: 3, description: 'Mean length' },
    { key: 'changeE', label: 'Δq', unit: 'e', digits: 3, description: 'Change of charge' },
    { key: 'note', label: 'Note', description: 'Words' },
  ],
  rows: [
    { candidate: 'B-on-Mn', meanAngstrom: 1.37249, changeE: -0.0514, note: '=1+1, "q" & {x} #1 $5 ~ ^ \\ 100 %' },
    { candidate: 'P-on-Mn', meanAngstrom: 1.5, changeE: 12.3456, note: 'two\nlines, <b>Å</b> μB ≤ 3' },
    { candidate: 'S-on-Mn', meanAngstrom: missing('the relaxation is still running'), changeE: null, note: null },
  ],
  notes: ['Means of equal CN only.'],
}
const numbers = (JSON.parse(jsonExporter.render(table) as string) as TableData).rows.map((row) => [row['meanAngstrom'], row['changeE']])

const libraries = ['openpyxl', 'pandas', 'ase']
const python = programs(['python3']).find((path) => run(path, ['-c', `import ${libraries.join(', ')}`]).status === 0)
const latex = programs(['pdflatex', 'lualatex', 'xelatex'])[0]
const noPython = python === undefined ? ` (skipped: no python3 with ${libraries.join(', ')} on the PATH)` : ''
const noLatex = latex === undefined ? ' (skipped: no LaTeX on the PATH; rows and braces are read by another test)' : ''

function programs(names: readonly string[]): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)).filter((path) => existsSync(path)))
}

function run(program: string, args: readonly string[], cwd?: string) {
  return spawnSync(program, args, { encoding: 'utf8', ...(cwd === undefined ? {} : { cwd }) })
}

/** What a Python program prints as JSON about one file. */
function read(content: string | Uint8Array, ending: string, lines: readonly string[]): unknown {
  const path = join(temporaryFolder(), `table.${ending}`)
  writeFileSync(path, content)
  const { stdout, stderr, status } = run(python!, ['-c', ['import json, sys', ...lines].join('\n'), path])
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout)
}

describe.runIf(python !== undefined)('files in the hands of other programs', () => {
  it(`openpyxl finds the numbers of the JSON format as numbers, and no formula${noPython}`, async () => {
    const workbook = await xlsxExporter.render([table])
    const cells = read(workbook, 'xlsx', [
      'import openpyxl',
      'sheet = openpyxl.load_workbook(sys.argv[1])["bonds"]',
      'rows = [[c.value for c in r] for r in sheet.iter_rows(min_row=1, max_row=4)]',
      'kinds = [c.data_type for r in sheet.iter_rows(min_row=2, max_row=4) for c in r]',
      'print(json.dumps({"rows": rows, "kinds": kinds}))',
    ]) as { rows: unknown[][]; kinds: string[] }

    expect(cells.rows[0]).toEqual(['Candidate', 'd_mean (Å)', 'Δq (e)', 'Note'])
    expect(cells.rows.slice(1).map((row) => row.slice(1, 3))).toEqual(numbers)
    expect(cells.kinds).not.toContain('f')
  })

  it(`pandas finds the same numbers in CSV, with commas, quotes and line breaks where they were${noPython}`, () => {
    const frame = read(String(csvExporter.render(table)), 'csv', [
      'import pandas',
      'frame = pandas.read_csv(sys.argv[1])',
      'print(json.dumps({"numbers": json.loads(frame[["d_mean (Å)", "Δq (e)"]].to_json(orient="values")), "notes": list(frame["Note"][:2]), "why": frame.iloc[2, -1]}))',
    ]) as { numbers: unknown; notes: unknown; why: string }

    expect(frame.numbers).toEqual(numbers)
    expect(frame.notes).toEqual(table.rows.slice(0, 2).map((row) => row['note']))
    expect(frame.why).toContain('still running')
  })

  it(`ASE finds cell, positions, forces and energies in extended XYZ${noPython}`, () => {
    const frame = { elements: ['O', 'Mn'], latticeAngstrom: [4, 0, 0, 0, 5, 0, 1, 0, 6], positionsAngstrom: [0, 0, 0, 1.9, 0, 0], forcesEvPerAngstrom: [0.1, -0.2, 0, -0.1, 0.2, 0], energyEv: -10.5, freeEnergyEv: -10.6, info: { functional: 'PBE+U', note: 'two "words"', attempt: 2, rehearsal: true } } // prettier-ignore
    const seen = read(trainingFrameText(frame) + trainingFrameText({ ...frame, energyEv: -11 }), 'extxyz', [
      'import ase.io',
      'all = ase.io.read(sys.argv[1], index=":", format="extxyz")',
      'a = all[0]',
      'print(json.dumps({"energies": [b.get_potential_energy() for b in all], "free": a.get_potential_energy(force_consistent=True), "cell": a.cell.tolist(), "symbols": a.get_chemical_symbols(), "positions": a.positions.tolist(), "forces": a.get_forces().tolist(), "pbc": a.pbc.tolist(), "attempt": int(a.info["attempt"]), "rehearsal": bool(a.info["rehearsal"]), "functional": a.info["functional"]}))',
    ])

    expect(seen).toEqual({
      energies: [-10.5, -11],
      free: -10.6,
      cell: [[4, 0, 0], [0, 5, 0], [1, 0, 6]],
      symbols: ['O', 'Mn'],
      positions: [[0, 0, 0], [1.9, 0, 0]],
      forces: [[0.1, -0.2, 0], [-0.1, 0.2, 0]],
      pbc: [true, true, true],
      attempt: 2,
      rehearsal: true,
      functional: 'PBE+U',
    }) // prettier-ignore
  })
})

/** Sets a table in a standard article; the words of the program, whose exit and warnings tell whether it fits. */
function set(one: ResultTable): string {
  const folder = temporaryFolder()
  const document = `\\documentclass{article}\n\\usepackage{booktabs,siunitx}\n\\begin{document}\n${String(latexExporter.render(one))}\n\\end{document}\n`
  writeFileSync(join(folder, 'table.tex'), document)
  const { status, stdout } = run(latex!, ['-interaction=nonstopmode', '-halt-on-error', 'table.tex'], folder)
  expect(status, stdout).toBe(0)
  expect(existsSync(join(folder, 'table.pdf'))).toBe(true)
  return stdout
}

describe.runIf(latex !== undefined)('a LaTeX table', () => {
  it(`is set without an error, and no line or page is too full${noLatex}`, () => {
    expect(set(table)).not.toMatch(/Overfull|too large/)
  })

  it(`fits the page with many columns, long headings, hostile names, sixty rows and letters that no font has${noLatex}`, () => {
    const numeric = Array.from({ length: 12 }, (_, n) => ({ key: `n${n}`, label: `Valence sum of its O, shell ${n}`, unit: n % 2 === 0 ? 'v.u.' : 'eV/Å', digits: 3, description: '' }))
    const row = (n: number) => ({ candidate: 'a_b%c#d\\x{}'.repeat(1 + (n % 7)), meanAngstrom: 1.3, changeE: -1e22, note: `Müller, Ångström, 中 ${'word '.repeat(n % 30)}${'x'.repeat(2 * n)}` })
    const rows = Array.from({ length: 60 }, (_, n) => ({ ...row(n), ...Object.fromEntries(numeric.map(({ key }) => [key, n - 100 / 3])) }))

    expect(set({ ...table, columns: [...table.columns, ...numeric], rows })).not.toMatch(/Overfull|too large/)
  })
})
