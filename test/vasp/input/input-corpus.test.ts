import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../../src/base/known-error.ts'
import { readIncar } from '../../../src/vasp/input/incar.ts'
import { readKpoints, type Kpoints } from '../../../src/vasp/input/kpoints.ts'
import { sharedFolder } from '../../structure/shared-files.ts'

const corpus = sharedFolder('corpus')

interface Entry {
  readonly case: string
  readonly name: string
  readonly kind: string
  readonly file: string
}
interface IncarReading {
  readonly tags?: Readonly<Record<string, unknown>>
}
interface KpointsReading {
  readonly n?: number
  readonly style?: string
  readonly kpts?: number[][]
  readonly shift?: number[]
  readonly weights?: number[] | null
}
interface Oracle<R> {
  readonly pymatgen: R
  readonly ase: R
}

describe.skipIf(corpus === undefined)('INCAR files from public projects', () => {
  it('are read as pymatgen and ASE agree', () => {
    const files = entriesOfKind('INCAR')
    let tags = 0
    const differences = files.flatMap((entry) => {
      const { incar } = readIncar(textOf(entry))
      const { pymatgen, ase } = oracleOf<IncarReading>(entry)
      return Object.entries(pymatgen.tags ?? {}).flatMap(([tag, value]) => {
        if (!agree(value, caseless(ase.tags ?? {})[tag.toUpperCase()])) return []
        tags++
        return agree(incar[tag.toUpperCase()], value)
          ? []
          : [`${entry.case} ${tag}: ${String(incar[tag])} for ${String(value)}`]
      })
    })

    console.info(`${files.length} INCAR files, ${tags} tags on which both readers agree`)
    // NPAR stands there twice, and VASP takes the first.
    expect(differences).toEqual(['custodian-zpotrf NPAR: 1 for 64'])
  })
})

describe.skipIf(corpus === undefined)('KPOINTS files from public projects', () => {
  it('are read as pymatgen does, all but two that are no KPOINTS files', () => {
    const files = entriesOfKind('KPOINTS')
    const outcomes = files
      .map((entry) => `${entry.case}: ${compareKpoints(entry)}`)
      .filter((text) => !text.endsWith(': same'))

    console.info(`${files.length} KPOINTS files\n${outcomes.join('\n')}`)
    expect(outcomes.filter((text) => !text.includes('refused'))).toEqual([])
    // Bare lists of points without the three lines above it.
    expect(outcomes.map((text) => text.split(':')[0])).toEqual([
      'vaspirin-gen_kpoints-gen',
      'vaspirin-gen_kpoints-prop',
    ])
  })
})

function compareKpoints(entry: Entry): string {
  const { pymatgen } = oracleOf<KpointsReading>(entry)
  try {
    const read = readKpoints(textOf(entry))
    const numbers = numbersOf(read)
    // Long lists are cut in the oracle.
    const same =
      numbers.length === pymatgen.n && agree(numbers.slice(0, pymatgen.kpts?.length), pymatgen.kpts)
    return same && shiftAgrees(read, pymatgen) ? 'same' : `${read.kind} ${numbers.length}`
  } catch (error) {
    if (!isKnownError(error)) throw error
    return `refused: ${error.message}`
  }
}

function numbersOf(read: Kpoints): readonly (readonly number[])[] {
  if (read.kind === 'mesh') return [read.mesh]
  if (read.kind === 'length') return [[read.lengthAngstrom]]
  if (read.kind === 'list') return read.points.map((point) => point.coordinates)
  return read.kind === 'line' ? read.path.map((point) => point.coordinates) : read.vectors
}

function shiftAgrees(read: Kpoints, pymatgen: KpointsReading): boolean {
  const weights = pymatgen.weights ?? []
  if (read.kind === 'list')
    return agree(
      read.points.slice(0, weights.length).map((point) => point.weight),
      weights,
    )
  if (read.kind !== 'mesh') return true
  const style = read.centre === 'gamma' ? 'Gamma' : 'Monkhorst'
  return pymatgen.style === style && agree(read.shift, pymatgen.shift)
}

function entriesOfKind(kind: string): Entry[] {
  const { entries } = JSON.parse(readFileSync(join(corpus ?? '', 'manifest.json'), 'utf8')) as {
    entries: Entry[]
  }
  return entries.filter((entry) => entry.kind === kind)
}

function textOf(entry: Entry): string {
  const bytes = readFileSync(join(corpus ?? '', entry.file))
  return (entry.file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

function oracleOf<R>(entry: Entry): Oracle<R> {
  const path = join(corpus ?? '', 'files', entry.case, 'oracle.json')
  const all = JSON.parse(readFileSync(path, 'utf8')) as { files: Record<string, { oracle: Oracle<R> }> }
  const found = all.files[entry.name]
  if (found === undefined) throw new Error(`no oracle for ${entry.case}/${entry.name}`)
  return found.oracle
}

function caseless(tags: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [tag.toUpperCase(), value]))
}

/** Words without case, numbers to the eight digits of the oracle, a list of one like its member. */
function agree(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => agree(item, b[i]))
  if (Array.isArray(a)) return a.length === 1 && agree(a[0], b)
  if (Array.isArray(b)) return agree(b, a)
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(a))
  return String(a).toLowerCase() === String(b).toLowerCase()
}
