import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { isKnownError } from '../../../src/base/known-error.ts'
import { readCif } from '../../../src/structure/cif/read-cif.ts'
import { cellParameters, volumeAngstrom3 } from '../../../src/structure/lattice.ts'
import { composition, type Structure } from '../../../src/structure/structure.ts'
import { analyseSymmetry } from '../../../src/structure/symmetry.ts'
import { sharedFolder } from '../shared-files.ts'

const cifs = sharedFolder('cifs')

/** Where we differ from pymatgen on purpose, and why. */
const explained: Readonly<Record<string, { outcome: string; why: string }>> = {
  'FePO4.cif': { outcome: 'different', why: 'angles of 91, 92 and 93 degrees leave P-1; the old spglib says 14' },
  'PF_sd_1002871.cif': { outcome: 'CIF_INCOMPLETE', why: 'NH3 stands for one site; pymatgen reads nihonium' },
  'Senegalite_implicit_hydrogen.cif': { outcome: 'CIF_INCOMPLETE', why: 'water molecules without hydrogen' },
  'cif_implicit_hydrogens_cod_1011130.cif': { outcome: 'CIF_MISSING_HYDROGEN', why: 'NH4Cl without hydrogen' },
  'bad_occu.cif': { outcome: 'CIF_DISORDERED', why: 'pymatgen refuses it too, as a sum of occupancies above one' },
  'PNDMAM10.cif': { outcome: 'read', why: 'pymatgen adds up occupancies of atoms that overlap' },
}

interface Expected {
  readonly formula?: string
  readonly atoms?: number
  readonly ordered?: boolean
  readonly abc?: readonly number[]
  readonly angles?: readonly number[]
  readonly volume?: number
  readonly group?: number
  readonly raised?: string
}

beforeAll(() => {
  loadSymmetryEngine()
})

describe.skipIf(cifs === undefined)('176 CIF files from public projects', () => {
  it('are read with the formula, cell, atoms and group that pymatgen finds, or refused with a reason', () => {
    const counts = new Map<string, number>()
    const differences: string[] = []
    for (const { file, pymatgen } of manifest()) {
      const outcome = compare(file, pymatgen)
      const kind = outcome.split(':')[0] ?? ''
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      const isExpected = kind === 'same' || kind === explained[file]?.outcome
      const bothDisordered = kind === 'CIF_DISORDERED' && pymatgen.ordered === false
      if (!isExpected && !bothDisordered) differences.push(`${file.padEnd(44)} ${outcome}`)
    }

    console.info([...counts].map(([kind, n]) => `${String(n).padStart(4)} ${kind}`).join('\n'))
    expect(differences).toEqual([])
    expect(counts.get('same')).toBe(156)
  })
})

function compare(file: string, expected: Expected): string {
  try {
    const { structure, warnings } = readCif(readFileSync(join(cifs ?? '', file), 'utf8'))
    if (expected.ordered === false || expected.raised !== undefined) return `read: pymatgen ${JSON.stringify(expected)}`
    const wrong = [
      structure.sites.length === expected.atoms ? '' : `atoms ${structure.sites.length} for ${expected.atoms}`,
      sameCell(structure, expected) ? '' : `cell ${JSON.stringify(cellParameters(structure.lattice))} ${expected.abc}`,
      sameFormula(structure, expected.formula ?? '') ? '' : `formula ${[...composition(structure)]} for ${expected.formula}`,
      sameGroup(structure, expected.group),
    ].filter((text) => text !== '')
    return wrong.length === 0 ? 'same' : `different: ${wrong.join('; ')} [${warnings.join(' | ')}]`
  } catch (error) {
    if (!isKnownError(error)) throw new Error(`${file}: ${String(error)}`, { cause: error })
    return `${error.code}: ${error.message} ${expected.ordered === false ? '(disordered for pymatgen too)' : ''}`
  }
}

function sameGroup(structure: Structure, group: number | undefined): string {
  if (group === undefined) return ''
  const found = analyseSymmetry(structure).spaceGroupNumber
  return found === group ? '' : `group ${found} for ${group}`
}

function sameCell(structure: Structure, { abc = [], angles = [], volume = NaN }: Expected): boolean {
  const cell = cellParameters(structure.lattice)
  const mine = [cell.aAngstrom, cell.bAngstrom, cell.cAngstrom, cell.alphaDegrees, cell.betaDegrees, cell.gammaDegrees]
  const close = [...abc, ...angles].every((x, k) => Math.abs(x - (mine[k] ?? NaN)) < 2e-4)
  return close && Math.abs(volumeAngstrom3(structure.lattice) / volume - 1) < 1e-4
}

function sameFormula(structure: Structure, formula: string): boolean {
  const counts = composition(structure)
  const expected = expand(formula)
  const [element = '', n = 1] = [...expected][0] ?? []
  const units = (counts.get(element) ?? 0) / n
  return counts.size === expected.size && [...expected].every(([key, m]) => counts.get(key) === m * units)
}

/** `BeH16C26S2(NO)2` to numbers of atoms. */
function expand(formula: string): Map<string, number> {
  const flat = formula.replace(/\(([^()]*)\)(\d*)/g, (_, inner: string, times: string) =>
    inner.replace(/([A-Z][a-z]?)(\d*\.?\d*)/g, (__, s: string, n: string) => s + Number(n || 1) * Number(times || 1)),
  )
  const counts = new Map<string, number>()
  for (const [, s = '', n] of flat.matchAll(/([A-Z][a-z]?)(\d*\.?\d*)/g)) counts.set(s, (counts.get(s) ?? 0) + Number(n || 1))
  return counts
}

function manifest(): { file: string; pymatgen: Expected }[] {
  return (JSON.parse(readFileSync(join(cifs ?? '', 'manifest.json'), 'utf8')) as { entries: { file: string; pymatgen: Expected }[] }).entries
}
