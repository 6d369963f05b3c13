/** Writes docs/tables.md from the column definitions: `npx tsx docs/make-tables-page.ts`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Column } from '../src/tables/result-table.ts'
import { resultTable, resultTables, type TableName } from '../src/workflow/tables/result-tables.ts'

/** What each table is for, in one sentence; a new table needs a line here. */
const purposes: Readonly<Record<TableName, string>> = {
  bonds:
    'One row a candidate: bonds of the dopant, or of Mn in the undoped slab, from the relaxed structure.',
  charges: 'One row a candidate: Bader net charges from the charge density of the static run.',
  energies: 'One row a candidate: total energies, and the order of sites where compositions are equal.',
  formation:
    'One row for each dopant or vacancy and each set of chemical potentials: the corners of the region where the host is stable against the references, and those that the screen states. Further columns `muLiEv`, `muOEv` … hold the potential of each element in eV per atom.',
  potentials:
    'One row a set of chemical potentials: the corners of the region where the host is stable against the references, and those that the screen states. Further columns for each element: `deltaMuLiEv` is Δμ of Li from its own reference, `muLiEv` the potential itself in eV per atom (*files only*); of elements that the host lacks `phaseAl` names the phase that sets Δμ.',
  references: 'One row a phase of `references`: what limits the chemical potentials.',
  'oxygen-pairs': 'One row a close O–O pair; a candidate without any has one row of class `none`.',
  delithiation: 'One row a lithium content of a candidate that lithium was taken out of, from full to empty.',
  moments: 'One row a candidate: spin moments of the static run, or of the relaxation where there is none.',
  levels:
    'One row a candidate: gap, centre of the O 2p band and work function, from the step `dos` where there is one, else from the static run. Curves are in the figures of the report.',
  convergence: 'One row a value of each parameter of `converge`, from coarse to fine, the screen’s own among them.',
  starts: 'One row a candidate that has more than one start: what the starts end in.',
}

const tables = (Object.keys(resultTables) as TableName[]).map((name) => ({ ...resultTable(name, []), name }))
// Phases, potentials and convergence tests have tables of their own kind.
const ofCandidates = tables.filter(({ name }) => !['references', 'potentials', 'convergence'].includes(name))
const has = (columns: readonly Column[], { key }: Column): boolean => columns.some((other) => other.key === key)
const sharedColumns = (ofCandidates[0]?.columns ?? []).filter((column) => ofCandidates.every(({ columns }) => has(columns, column)))

/** The whole page, as docs/tables.md should be. */
export function tablesPage(): string {
  return [opening, shared(), ...tables.map(section), closing].join('\n')
}

function shared(): string {
  return ['## In every table of candidates', '', ...columnLines(sharedColumns), ''].join('\n')
}

function section({ name, title, columns }: (typeof tables)[number]): string {
  const own = ofCandidates.some((table) => table.name === name) ? columns.filter((column) => !has(sharedColumns, column)) : columns
  return [`## \`${name}\`: ${title.split('. ')[0]}`, '', purposes[name], '', ...columnLines(own), ''].join(
    '\n',
  )
}

function columnLines(columns: readonly Column[]): readonly string[] {
  const head = ['| Key | Label | Unit | Meaning |', '|---|---|---|---|']
  return [
    ...head,
    ...columns.map(
      (column) =>
        `| \`${column.key}\` | ${cell(column.label)} | ${column.unit ?? ''} | ${cell(meaning(column))} |`,
    ),
  ]
}

function meaning({ description, isDetail }: Column): string {
  return `${description}.${isDetail === true ? ' *Files only.*' : ''}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

const opening = `# Tables

<!-- Made by docs/make-tables-page.ts from src/workflow/tables; a test compares them. -->

\`dopant results SCREEN --table NAME …\` prints these tables and saves them; \`--help\` lists the formats.

The key is the name of the column in JSON and in formulas of the screen file; it carries the unit. CSV and Markdown have the label and
the unit. Numbers are rounded alike in
every format. *Files only* columns are left out on a terminal, where a table should fit. A value that should be there and is
not has a reason: it stands in the notes below the table, and under \`missing\` in JSON. Rows with method \`rehearsal\` are no results, see [rehearsal.md](rehearsal.md).

\`--columns KEY …\` prints those columns alone, in that order, for a table that fits a page; flags stay where there are any, and so does the
method of rehearsal rows.

In a workbook heading and names stay in sight, words longer than 48 letters wrap, and title and notes stand below the rows.

Keys and units are stable: scripts may rely on them. A key keeps its meaning and its unit; columns may be added at any place, so read them
by name. What is renamed or withdrawn is named in the [changelog](../CHANGELOG.md). [columns.json](columns.json) is the list for programs:
\`published\` has every key with its unit for each table, \`withdrawn\` what was there before. Labels and descriptions may change.
In HTML, in the report and in LaTeX the counts of formulas stand low (Li<sub>2</sub>MnO<sub>3</sub>), in columns of formulas only; every other
format has them as text. Columns that compare with the paper stand only in tables of hosts of Li, Mn and O.
`

const closing = `## When something is missing

A run with damaged files costs its own cells and nothing else: the row stays, the cells that need the file are empty, and the reason is given.

| What happened | What the row says |
|---|---|
| AECCAR0, AECCAR2 or CHGCAR is missing | no charges: which file, and that the charge was not divided |
| grids of different shape, a file that ends early | no charges: both grids, or the file and the line |
| charges that do not add up to NELECT within 0.1 e or 0.1 % | no charges: both numbers |
| ACF.dat of another cell, or damaged | no charges: what it holds |
| it is not known whether there was a reference density | charges of the dopant and its oxygens are empty |
| CONTCAR missing or damaged | the geometry is that of OUTCAR, as a flag says |
| a dopant without neighbours, an atom in the vacuum | a flag; the cells that need its oxygens are empty, its list of lengths is \`none\` |
| an unfinished run | its step and why it ended; cells of earlier steps stay |

## Columns of your own

A screen file may add columns to any table under \`columns\`. A formula uses the keys above and may carry units:

\`\`\`yaml
columns:
  bonds:
    excess: { formula: maxAngstrom - minAngstrom, unit: Å, digits: 3 }
\`\`\`

A row that lacks a value that the formula needs has an empty cell that says so. A formula that is none is [FORMULA](errors.md#formula).
`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('tables.md', import.meta.url)), tablesPage())
}
