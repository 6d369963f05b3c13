/**
 * Every file of the public collection, damaged in many ways: cut at hundreds of places, bytes flipped, lines swapped, fields
 * of stars, numbers run together. Each copy must give a result or a KnownError. Prints a ledger by kind.
 *
 *     npx tsx test/soak/damaged-files.ts [copies of a file] [MB read of one file at most]        100 and 60 by default
 */
import { isKnownError } from '../../src/base/known-error.ts'
import { readPoscar } from '../../src/structure/poscar.ts'
import { readIncar } from '../../src/vasp/input/incar.ts'
import { readKpoints } from '../../src/vasp/input/kpoints.ts'
import { readAcf } from '../../src/vasp/output/acf.ts'
import { readBcf } from '../../src/vasp/output/bcf.ts'
import { readGrid } from '../../src/vasp/output/grid/read-grid.ts'
import { readOszicar } from '../../src/vasp/output/oszicar.ts'
import { readOutcar } from '../../src/vasp/output/outcar/read-outcar.ts'
import { readPotcarHeaders } from '../../src/vasp/output/potcar-header.ts'
import { readStdout } from '../../src/vasp/output/stdout.ts'
import { readVasprun } from '../../src/vasp/output/vasprun/read-vasprun.ts'
import { contentOf, corpusEntries, hasCorpus, whySkipped } from '../corpus/corpus-cases.ts'
import { damagedCopies } from '../vasp/output/damage.ts'

const copies = Number(process.argv[2] ?? 100)
const mostBytes = Number(process.argv[3] ?? 60) * 1e6

const text = (read: (content: string) => unknown) => (bytes: Buffer) => read(bytes.toString('latin1'))
const readers: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  OUTCAR: (bytes) => readOutcar([bytes]),
  vasprun: (bytes) => readVasprun([bytes]),
  OSZICAR: (bytes) => readOszicar([bytes]),
  GRID: (bytes) => readGrid([bytes]),
  ACF: text(readAcf),
  BCF: text(readBcf),
  POTCAR: text(readPotcarHeaders),
  POSCAR: text(readPoscar),
  CONTCAR: text(readPoscar),
  INCAR: text(readIncar),
  KPOINTS: text(readKpoints),
  STDOUT: text(readStdout),
}

const broken: string[] = []
if (hasCorpus) for (const [kind, read] of Object.entries(readers)) await attack(kind, read)
else console.log(`skipped: ${whySkipped}`)
for (const line of broken.slice(0, 20)) console.log(line)
process.exitCode = broken.length === 0 ? 0 : 1

async function attack(kind: string, read: (bytes: Buffer) => unknown): Promise<void> {
  const counts = { files: 0, read: 0, refused: 0, slowestMs: 0 }
  for (const entry of corpusEntries(kind)) {
    const content = contentOf(entry)
    const rounds = Math.max(3, Math.min(copies, Math.floor(mostBytes / Math.max(1, content.length))))
    counts.files++
    for (const { how, bytes } of damagedCopies(content, entry.case, rounds)) {
      const startedMs = performance.now()
      const outcome = await outcomeOf(() => read(bytes))
      counts.slowestMs = Math.max(counts.slowestMs, performance.now() - startedMs)
      if (outcome === 'read' || outcome === 'refused') counts[outcome]++
      else broken.push(`${entry.case}/${entry.name} ${how}: ${outcome}`)
    }
  }
  const { files, refused, slowestMs } = counts
  console.log(`${kind}: ${files} files, ${counts.read + refused} copies, ${counts.read} read, ${refused} refused with a reason, ${broken.length} broken so far, slowest ${slowestMs.toFixed(0)} ms`)
}

async function outcomeOf(read: () => unknown): Promise<string> {
  try {
    await read()
    return 'read'
  } catch (error) {
    return isKnownError(error) ? 'refused' : String(error instanceof Error ? error.stack : error)
  }
}
