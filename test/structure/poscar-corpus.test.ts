import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../src/base/known-error.ts'
import { readPoscar } from '../../src/structure/poscar.ts'
import { wrapDifference } from '../../src/structure/lattice.ts'
import { sharedFolder } from './shared-files.ts'

const corpus = sharedFolder('corpus')

interface Entry {
  readonly case: string
  readonly name: string
  readonly kind: string
  readonly file: string
}
interface Oracle {
  readonly agreed?: { lattice?: number[][]; frac?: number[][]; species?: string[] }
  readonly disagree?: readonly string[]
  readonly [reader: string]: unknown
}

describe.skipIf(corpus === undefined)('POSCAR and CONTCAR files from public projects', () => {
  it('are read as two independent readers agree, or refused with a line number', () => {
    const { entries } = readJson(join(corpus ?? '', 'manifest.json')) as { entries: Entry[] }
    const files = entries.filter((entry) => entry.kind === 'POSCAR' || entry.kind === 'CONTCAR')
    const differences: string[] = []
    const refused: string[] = []
    for (const entry of files) {
      const outcome = compare(entry)
      if (outcome.startsWith('refused')) refused.push(`${entry.file}: ${outcome}`)
      else if (outcome !== 'same') differences.push(`${entry.file}: ${outcome}`)
    }

    console.info(`${files.length} files, ${refused.length} refused\n${refused.join('\n')}`)
    expect(differences).toEqual([])
    // Two files are empty; five are of VASP 4 and name their elements nowhere.
    expect(refused).toHaveLength(7)
  })
})

function compare(entry: Entry): string {
  const oracle = oracleOf(entry)
  try {
    const { structure } = readPoscar(readText(join(corpus ?? '', entry.file)))
    const agreed = oracle.agreed ?? {}
    if (agreed.lattice !== undefined && !close(structure.lattice, agreed.lattice, 2e-5)) return 'lattice'
    if (agreed.species !== undefined && agreed.species.join() !== structure.sites.map((s) => s.element).join()) {
      return `species ${structure.sites.map((s) => s.element).join()} for ${agreed.species.join()}`
    }
    const fractional = structure.sites.map((site) => site.fractional)
    if (agreed.frac !== undefined && !closeModuloOne(fractional, agreed.frac)) return 'positions'
    return 'same'
  } catch (error) {
    if (!isKnownError(error)) throw error
    return `refused ${error.message} | ${error.remedy}`
  }
}

function oracleOf(entry: Entry): Oracle {
  const all = readJson(join(corpus ?? '', 'files', entry.case, 'oracle.json')) as {
    files: Record<string, { oracle?: Oracle }>
  }
  return all.files[entry.name]?.oracle ?? {}
}

function close(a: readonly (readonly number[])[], b: readonly (readonly number[])[], tolerance: number): boolean {
  return a.length === b.length && a.every((row, i) => row.every((x, j) => Math.abs(x - (b[i]?.[j] ?? NaN)) < tolerance))
}

function closeModuloOne(a: readonly (readonly [number, number, number])[], b: readonly number[][]): boolean {
  return (
    a.length === b.length &&
    a.every((v, i) => {
      const [x = NaN, y = NaN, z = NaN] = b[i] ?? []
      return wrapDifference([v[0] - x, v[1] - y, v[2] - z]).every((d) => Math.abs(d) < 2e-5)
    })
  )
}

function readText(path: string): string {
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
