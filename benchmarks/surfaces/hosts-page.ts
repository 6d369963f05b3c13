/**
 * Fills the tables of docs/hosts.md: what became of every file of the CIF collection, the voids of Li2MnO3 and the
 * distinct positions of its (010) slab.
 *
 *   npx tsx benchmarks/surfaces/hosts-page.ts
 *
 * The first needs the CIF collection (DOPANT_CIFS, default ../shared/cifs).
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { difference, readCollection, type CifOutcome } from './cif-collection.ts'
import { grouped } from './grouped.ts'
import { cifFolder } from './hosts.ts'
import { orbitTable, voidTable } from './li2mno3-tables.ts'
import { markdownTable, replaceSection } from './section.ts'

loadSymmetryEngine()
replaceSection('hosts.md', 'voids', voidTable())
replaceSection('hosts.md', 'orbits', orbitTable())
if (existsSync(join(cifFolder, 'manifest.json')))
  replaceSection('hosts.md', 'files', fileTables(readCollection(cifFolder)))
else console.info(`skipped: no collection of CIF files in ${cifFolder}`)

function fileTables(outcomes: readonly CifOutcome[]): string {
  const read = outcomes.filter((outcome) => outcome.read !== undefined)
  const refused = outcomes.filter((outcome) => outcome.refused !== undefined)
  const same = read.filter((outcome) => difference(outcome) === '')
  const codes = grouped(refused, ({ refused: why }) => why?.code ?? '')
  const counts = [
    ['read: number of atoms, volume and group as pymatgen has them', same.length],
    ['read, and different from pymatgen', read.length - same.length],
    ...[...codes].map(([code, list]) => [`refused, \`${code}\``, list.length]),
    ['all', outcomes.length],
  ]
  return [
    markdownTable([['Outcome', 'Files'], ...counts]),
    'Read, and different:',
    markdownTable([
      ['File', 'Difference'],
      ...read.filter((o) => difference(o) !== '').map((o) => [`\`${o.file}\``, difference(o)]),
    ]),
    'Refused:',
    markdownTable([['File', 'Code', 'Message', 'pymatgen'], ...refused.map(refusedRow)]),
  ].join('\n\n')
}

function refusedRow({ file, refused, expected }: CifOutcome): string[] {
  const theirs =
    expected.raised !== undefined
      ? 'refuses it'
      : expected.ordered === false
        ? 'reads partial occupancies'
        : 'reads it'
  return [
    `\`${file}\``,
    `\`${refused?.code}\``,
    refused?.message.replaceAll('|', '\\|').replaceAll('\n', ' ') ?? '',
    theirs,
  ]
}
