/**
 * Fills the tables of docs/surfaces.md: our cuts against a count by hand and against pymatgen's SlabGenerator.
 *
 *   npx tsx benchmarks/surfaces/surfaces-page.ts
 *
 * Needs python3 with pymatgen (PYTHON, default /usr/bin/python3) and the CIF collection (DOPANT_CIFS, default
 * ../shared/cifs). Without one of them only the count by hand is filled.
 */
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { comparedPairs } from './compared-pairs.ts'
import { compareSurface, type Comparison } from './compare-surface.ts'
import { countedByProgram } from './counted-by-program.ts'
import { explanation } from './explanation.ts'
import { handCounts, type HandCount } from './hand-counts.ts'
import { askPymatgen, pymatgenVersion } from './pymatgen.ts'
import { markdownTable, replaceSection } from './section.ts'

loadSymmetryEngine()
replaceSection('surfaces.md', 'hand', handTable())
const version = pymatgenVersion()
if (version === undefined) console.info('skipped: no python3 with pymatgen')
else replaceSection('surfaces.md', 'pymatgen', pymatgenTable(version))

function handTable(): string {
  const rows = handCounts.map((count) => [
    count.structure,
    `(${count.millerIndex.join(' ')})`,
    count.planes,
    count.repeat,
    count.types.join(', '),
    found(count),
    count.how,
  ])
  return markdownTable([
    [
      'Crystal',
      'Surface',
      'Planes of a repeat (charge/e)',
      'Repeat/Å',
      'Cuts by hand',
      'The program',
      'How counted',
    ],
    ...rows,
  ])
}

function found(count: HandCount): string {
  const { types, planes, repeatAngstrom } = countedByProgram(count)
  return `${types.join(', ')}; ${planes}; ${repeatAngstrom.toFixed(3)}`
}

function pymatgenTable(release: string): string {
  const pairs = comparedPairs()
  const answers = askPymatgen(pairs)
  const rows = pairs.map((pair, i) => {
    const answer = answers[i]
    if (answer === undefined || 'error' in answer) return { pair, text: [answer?.error ?? 'no answer'] }
    const result = compareSurface(pair, answer)
    return { pair, result, text: cells(result) }
  })
  const compared = rows.flatMap(({ result }) => result ?? [])
  const same = compared.filter((result) => agrees(result)).length
  const stepped = compared.filter(({ repeatsPerCell }) => repeatsPerCell > 1).length
  const head = [
    'Crystal',
    'Group',
    'Surface',
    'Repeat/Å',
    'pymatgen steps in',
    'Cuts: ours',
    'ours at 0.1 Å',
    'pymatgen',
    'Explanation',
  ]
  const table = markdownTable([
    head,
    ...rows.map(({ pair, text }) => [pair.name, pair.group, `(${pair.millerIndex.join(' ')})`, ...text]),
  ])
  return `${compared.length} surfaces of ${new Set(pairs.map(({ host }) => host)).size} crystals, pymatgen ${release}. With one plane tolerance both list the same set of cuts on ${same}; on ${stepped} pymatgen's thinnest step is two to four of ours.\n\n${table}`
}

function agrees({ onlyOurs, onlyPymatgen, merged, twice }: Comparison): boolean {
  return onlyOurs.length + onlyPymatgen.length + merged.length + twice === 0
}

function cells(result: Comparison): (string | number)[] {
  const { repeatAngstrom, repeatsPerCell, ours, oursFine, pymatgen } = result
  return [repeatAngstrom.toFixed(3), repeatsPerCell, ours, oursFine, pymatgen, explanation(result)]
}
