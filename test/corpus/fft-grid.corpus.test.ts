import { describe, expect, it } from 'vitest'
import { determinant } from '../../src/base/matrix.ts'
import type { Lattice } from '../../src/structure/lattice.ts'
import { fftGrids, planeWaveCount } from '../../src/vasp/input/fft-grid.ts'
import { contentOf, corpusEntries, hasCorpus, whySkipped } from './corpus-cases.ts'

interface Told {
  readonly name: string
  readonly precision: 'Accurate' | 'Normal'
  readonly lattice: Lattice
  readonly encutEv: number
  readonly planeWaves: number
  readonly grids: string
}

/** What VASP itself says of its grids; runs with the complex program, one component, and the cell that stands first. */
const told = corpusEntries('OUTCAR').flatMap((entry): Told[] => {
  const text = contentOf(entry).toString('latin1')
  const numbers = (pattern: RegExp) => (pattern.exec(text) ?? []).slice(1).map(Number)
  const coarse = numbers(/NGX =\s*(\d+) NGY =\s*(\d+) NGZ =\s*(\d+)/)
  const fine = numbers(/NGXF=\s*(\d+) NGYF=\s*(\d+) NGZF=\s*(\d+)/)
  const [encutEv] = numbers(/ENCUT\s*=\s*([\d.]+) eV/)
  const precision = /\n\s+PREC\s*=\s*(\w)/.exec(text)?.[1]?.toLowerCase()
  const rows = /direct lattice vectors\s+reciprocal lattice vectors\n(.*)\n(.*)\n(.*)\n/.exec(text)?.slice(1)
  const planeWaves = Math.max(0, ...[...text.matchAll(/plane waves:\s*(\d+)/g)].map((match) => Number(match[1])))
  if (fine.length < 3 || encutEv === undefined || rows === undefined || planeWaves === 0 || (precision !== 'a' && precision !== 'n')) return []
  const lattice = rows.map((row) => row.match(/-?\d+\.\d{9}/g)?.slice(0, 3).map(Number)) as unknown as Lattice
  const sphere = planeWaveCount(Math.abs(determinant(lattice)), encutEv)
  const isOwnCell = sphere / planeWaves > 0.9 && sphere / planeWaves < 1.1
  const grids = [coarse, fine].map((grid) => grid.join(' ')).join(' | ')
  return isOwnCell ? [{ name: entry.case, precision: precision === 'a' ? 'Accurate' : 'Normal', lattice, encutEv, planeWaves, grids }] : []
})

describe.skipIf(!hasCorpus)(`grids and plane waves of public runs${hasCorpus ? '' : `: skipped, ${whySkipped}`}`, () => {
  it('are those that VASP chose, in every run that says so', () => {
    const different = told.filter(({ lattice, encutEv, precision, grids }) => {
      const ours = fftGrids(lattice, encutEv, precision)
      return `${ours.coarse.join(' ')} | ${ours.fine.join(' ')}` !== grids
    })

    expect(told.length).toBeGreaterThan(100)
    // Graphite has NGX in its INCAR; lithium oxide was given 28 28 24, where VASP itself advises 24 24 24.
    expect(different.map(({ name }) => name).filter((name) => !/H_Graphite|Li2O_aflow/.test(name))).toEqual([])
  })

  it('fill the sphere of ENCUT within ten per cent, most within two', () => {
    const deviations = told.map(({ lattice, encutEv, planeWaves }) => Math.abs(planeWaveCount(Math.abs(determinant(lattice)), encutEv) / planeWaves - 1))

    expect(deviations.filter((value) => value < 0.02).length / deviations.length).toBeGreaterThan(0.5)
  })
})
