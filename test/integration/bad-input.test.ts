import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { screenResults } from '../../src/app/results/screen-results.ts'
import { missingValues } from '../../src/tables/cell-value.ts'
import { exporters } from '../../src/tables/exporters.ts'
import type { ResultTable } from '../../src/tables/result-table.ts'
import { resultTable } from '../../src/workflow/tables/result-tables.ts'
import { rehearsedProject, type RehearsedProject } from '../app/engine/rehearsed-project.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const screen = `name: damaged
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants: { elements: [B, Al, Si, P, S, Ti], sites: [{ replace: Mn, wyckoff: 4g }] }
method: { incar: { relax: { EDIFFG: -3 } } } # a few steps are enough
kpoints: { spacing: 0.1 }
site: here
`

/** Stands where the site's programs stand: what it does to the files of a run happens between its end and the reading. */
const damage = `
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
const [program, ...args] = process.argv.slice(2)
const is = (candidate, step) => process.cwd().includes('/' + candidate + '/' + step)
const change = (name, edit) => writeFileSync(name, edit(readFileSync(name, 'latin1')), 'latin1')
const half = (text) => text.slice(0, text.length / 2)

const isBader = program.endsWith('dopant.js')
if (isBader && is('B-on-Mn', 'static')) rmSync('AECCAR0', { force: true })
// Half of the planes along c: a file that is whole, of another grid.
if (isBader && is('Al-on-Mn', 'static')) change('AECCAR2', lessPlanes)
if (isBader && is('P-on-Mn', 'static')) change('CHGCAR', half)

try {
  execFileSync(process.execPath, [program, ...args], { stdio: 'inherit' })
} catch {
  process.exit(1)
}

if (isBader && is('Si-on-Mn', 'static')) change('ACF.dat', (text) => text.replace(/^( +1 +\\S+ +\\S+ +\\S+ +)(\\S+)/m, (_, before, electrons) => before + (Number(electrons) + 5).toFixed(6)))
if (is('S-on-Mn', 'relax')) change('CONTCAR', intoVacuum)
if (isBader && is('Ti-on-Mn', 'static')) change('OUTCAR', half)

function lessPlanes(text) {
  const [all, x, y, z] = /^ +(\\d+) +(\\d+) +(\\d+)$/m.exec(text)
  const end = text.indexOf(all) + all.length
  const values = text.slice(end).trim().split(/\\s+/).slice(0, (x * y * z) / 2)
  const rows = Array.from({ length: Math.ceil(values.length / 5) }, (_, row) => values.slice(5 * row, 5 * row + 5).join(' '))
  return text.slice(0, end - z.length) + z / 2 + '\\n' + rows.join('\\n') + '\\n'
}

/** The first sulfur stands half a cell away along c. */
function intoVacuum(text) {
  const lines = text.split('\\n')
  const [elements, counts] = [lines[5], lines[6]].map((line) => line.trim().split(/ +/))
  const before = counts.slice(0, elements.indexOf('S')).reduce((sum, count) => sum + Number(count), 0)
  const first = lines.findIndex((line) => /^direct/i.test(line.trim())) + 1
  const [x, y, z, ...rest] = lines[first + before].trim().split(/ +/)
  lines[first + before] = [x, y, (Number(z) + 0.5) % 1, ...rest].join(' ')
  return lines.join('\\n')
}
`

function siteHere(folder: string): string {
  const script = join(folder, 'damage.mjs')
  const bin = (name: string): string => resolve('bin', name)
  writeFileSync(script, damage)
  return stringify({
    here: {
      ...{ transport: { kind: 'local' }, scheduler: 'direct', workFolder: join(folder, 'work'), maxJobs: 3, pollSeconds: 1, graceSeconds: 1 },
      vasp: { program: process.execPath, args: [script, bin('dopant-rehearsal.js')], version: 'rehearsal' },
      bader: { program: process.execPath, args: [script, bin('dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'] },
      environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.4' },
    },
  })
}

describe('files that are damaged before they are read', () => {
  let project: RehearsedProject
  let charges: ResultTable
  let bonds: ResultTable
  beforeAll(async () => {
    project = await rehearsedProject(siteHere(temporaryFolder()))
    await project.save(screen)
    await project.settle('damaged')
    const candidates = await screenResults(project.workspace.parts.store, 'damaged', () => 'rehearsal')
    ;[charges, bonds] = [resultTable('charges', candidates), resultTable('bonds', candidates)]
  }, 300_000)
  afterAll(() => project?.workspace.close())

  const reasonsOf = (table: ResultTable, candidate: string): readonly string[] => {
    const row = table.rows.findIndex((each) => each['candidate'] === candidate)
    return [...new Set(missingValues(table).filter((each) => each.row === row).map(({ why }) => why))]
  }
  const rowOf = (table: ResultTable, candidate: string) => table.rows.find((each) => each['candidate'] === candidate)!

  it('cost the charges of their own row, which says what is missing and why', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['B-on-Mn', /^AECCAR0 \(the density of the core electrons\) is missing, so that the charge was not divided among the atoms$/],
      ['Al-on-Mn', /^the charge could not be divided among the atoms: The grid of CHGCAR has (\d+×\d+)×\d+ points, that of AECCAR2 \1×\d+$/],
      ['P-on-Mn', /^the charge could not be divided among the atoms: CHGCAR, line \d+: expected \d+ values in grid 1, found "\d+"$/],
      ['Si-on-Mn', /^the Bader charges add up to [\d.]+ electrons and the run has \d+ \(NELECT\): charge is lost, or ACF.dat belongs to another run$/],
      ['Ti-on-Mn', /^static failed: interrupted: The run breaks off without a word$/],
    ]
    for (const [candidate, words] of cases) {
      expect(reasonsOf(charges, candidate)).toEqual([expect.stringMatching(words)])
      expect(rowOf(charges, candidate)['dopantChargeE']).toMatchObject({ missing: expect.any(String) as string })
    }
  })

  it('cost nothing else: bonds of every row, charges of the others', () => {
    expect(charges.rows.map(({ candidate }) => candidate)).toEqual(bonds.rows.map(({ candidate }) => candidate))
    expect(bonds.rows.map(({ meanAngstrom }) => typeof meanAngstrom)).toEqual(Array(7).fill('number'))
    expect(reasonsOf(charges, 'pristine')).toEqual([])
    expect(rowOf(charges, 'pristine')['hostCationChargeE']).toBeCloseTo(1.46, 1)
  })

  it('that tell of a dopant in the vacuum flag the row, whose cells say that it has no oxygen', () => {
    expect(rowOf(bonds, 'S-on-Mn')['flags']).toMatch(/the vacuum shrank from .* an atom is in it; the dopant S \d+ has no neighbour within bonding distance/)
    expect(rowOf(bonds, 'S-on-Mn')['lengthsAngstrom']).toMatch(/^none \| 1\.\d+/)
    expect(rowOf(charges, 'S-on-Mn')['neighbourOxygenChargesE']).toMatch(/^none \| -1\.\d+/)
  })

  it('are told of in every format', () => {
    for (const exporter of exporters) {
      const text = String(exporter.render(charges))
      for (const words of ['AECCAR0', 'AECCAR2', 'add up to', 'breaks off without a word', 'no neighbour within bonding']) expect([exporter.format, text.includes(words)]).toEqual([exporter.format, true])
    }
  })
})
