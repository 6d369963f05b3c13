import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellParameters, signedVolumeAngstrom3, volumeAngstrom3 } from '../../src/structure/lattice.ts'
import { PoscarError } from '../../src/structure/poscar-lines.ts'
import { readPoscar, writePoscar } from '../../src/structure/poscar.ts'
import type { Structure } from '../../src/structure/structure.ts'

const mgo = `MgO at 4.21 A
1.0
4.21 0 0
0 4.21 0
0 0 4.21
Mg O
4 4
Direct
0 0 0
0 .5 .5
.5 0 .5
.5 .5 0
.5 .5 .5
.5 0 0
0 .5 0
0 0 .5
`

describe('readPoscar', () => {
  it('reads the rock-salt cell of MgO', () => {
    const { structure, species, selectiveDynamics, cartesianInput } = readPoscar(mgo)

    expect(species).toEqual([{ element: 'Mg', count: 4 }, { element: 'O', count: 4 }])
    expect(structure.sites[4]).toEqual({ element: 'O', fractional: [0.5, 0.5, 0.5] })
    expect([structure.comment, selectiveDynamics, cartesianInput]).toEqual(['MgO at 4.21 A', false, false])
  })

  it('takes a negative scale as the volume', () => {
    const { structure } = readPoscar(mgo.replace('\n1.0\n', '\n-80.0\n'))

    expect(volumeAngstrom3(structure.lattice)).toBeCloseTo(80, 10)
  })

  it('scales x, y and z by three factors, positions included', () => {
    const { structure } = readPoscar(cartesianCell('1 2 3'))

    expect(cellParameters(structure.lattice)).toMatchObject({ aAngstrom: 2, bAngstrom: 4, cAngstrom: 6 })
    expect(structure.sites[0]?.fractional).toEqual([0.5, 0.25, 0.75])
  })

  it('divides Cartesian positions by the scaled lattice', () => {
    expect(readPoscar(cartesianCell('3.0')).structure.sites[0]?.fractional).toEqual([0.5, 0.25, 0.75])
  })

  it('reads Windows line ends, Fortran exponents, commas and remarks', () => {
    const text = mgo.replace('4.21 0 0', '0.421D+01, 0, 0 ! a').replace('\n1.0\n', '\n1.0 ! Å\n').replaceAll('\n', '\r\n')

    expect(readPoscar(text).structure).toEqual(readPoscar(mgo).structure)
  })

  it('keeps selective dynamics and the name behind a position', () => {
    const text = mgo.replace('Direct', 'Selective\nDirect').replace(/^([0.]\S* \S+ \S+)$/gm, '$1 T .FALSE. F')
    const labelled = text.replace('0 0 0 T .FALSE. F', '0 0 0 T .FALSE. F Mg7')

    const { structure, selectiveDynamics } = readPoscar(labelled)

    expect(selectiveDynamics).toBe(true)
    expect(structure.sites[0]).toMatchObject({ mobile: [true, false, false], label: 'Mg7' })
  })

  it('reads the element line of VASP 6 with potentials and hashes, in repeated blocks', () => {
    const text = mgo.replace('Mg O\n4 4', 'Mg_pv/0bd5f9 O_s Mg_pv/0bd5f9\n2 4 2')

    expect(readPoscar(text).species.map(({ element }) => element)).toEqual(['Mg', 'O', 'Mg'])
  })

  it('takes the elements of a VASP 4 file from the caller, a comment of elements only, or the labels', () => {
    const vasp4 = mgo.replace('Mg O\n', '')
    const labelled = vasp4.replace(/^([0.]\S* \S+ \S+)$/gm, (line) => `${line} O`)

    expect(elements(readPoscar(vasp4, { elements: ['Mg', 'O'] }).structure)).toBe('MgMgMgMgOOOO')
    expect(elements(readPoscar(vasp4.replace('MgO at 4.21 A', 'Mg O')).structure)).toBe('MgMgMgMgOOOO')
    expect(elements(readPoscar(labelled).structure)).toBe('OOOOOOOO')
  })

  it('refuses a VASP 4 file whose elements nothing tells', () => {
    expect(() => readPoscar(mgo.replace('Mg O\n', ''))).toThrow(/line 6: expected element symbols for 2 kinds/)
  })

  it('does not take the flag F of a VASP 4 file for fluorine', () => {
    const text = mgo.replace('Mg O\n', '').replace('Direct', 'S\nDirect').replace(/^([0.]\S* \S+ \S+)$/gm, '$1 F F F')

    expect(() => readPoscar(text)).toThrow(PoscarError)
  })

  it('reads velocities and keeps the predictor-corrector block as text', () => {
    const velocities = Array.from({ length: 8 }, (_, i) => `0.0${i} 0 0`).join('\n')
    const { velocities: read, remainder } = readPoscar(`${mgo}\n${velocities}\n\n  1\n 0.5\n`)

    expect(read?.mode).toBe('cartesian')
    expect(read?.values[3]).toEqual([0.03, 0, 0])
    expect(remainder).toContain('0.5')
  })

  it('steps over the lattice velocities of a variable-cell run', () => {
    const block = 'Lattice velocities and vectors\n  1\n' + '0 0 0\n'.repeat(3) + '4.21 0 0\n0 4.21 0\n0 0 4.21\n'

    expect(readPoscar(`${mgo}${block}\n${'0.1 0 0\n'.repeat(8)}`).velocities?.values).toHaveLength(8)
  })

  it('reads a left-handed cell as it is', () => {
    const { structure } = readPoscar(mgo.replace('0 0 4.21\n', '0 0 -4.21\n'))

    expect(signedVolumeAngstrom3(structure.lattice)).toBeLessThan(0)
  })

  it.each([
    ['numbers that run together', ['.5 .5 .5', '0.5-0.5 0.5'], 13, /Separate the numbers that run together in "0.5-0.5"/],
    ['a coordinate NaN', ['.5 .5 .5', '.5 NaN .5'], 13, /three numbers/],
    ['stars for an overflow', ['.5 .5 .5', '**** .5 .5'], 13, /three numbers/],
    ['a word that is no element', ['Mg O', 'Mg Ox'], 6, /"Ox"/],
    ['more elements than counts', ['4 4', '8'], 7, /2 numbers of atoms/],
    ['no atoms at all', ['4 4', '0 0'], 7, /positive integers/],
    ['a zero scale', ['\n1.0\n', '\n0\n'], 2, /scale factor other than zero/],
    ['a cell without volume', ['0 0 4.21\n', '0 4.21 0\n'], 5, /volume/],
    ['a missing Direct line', ['Direct\n', ''], 8, /Direct/],
  ] as const)('refuses %s and names the line', (_, [from, to], line, message) => {
    const read = () => readPoscar(mgo.replace(from, to))

    expect(read).toThrow(PoscarError)
    expect(caught(read)).toMatchObject({ line })
    expect(`${caught(read).message} ${caught(read).remedy}`).toMatch(message)
  })

  it('refuses a file that ends before its last atom', () => {
    expect(() => readPoscar(mgo.slice(0, -7))).toThrow(/line 16: expected the position of a O atom.*ends before/)
  })
})

describe('writePoscar', () => {
  it('gives back the same structure to the last bit of sixteen decimals', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 6 }), (rows) => {
        const sites = rows.map((fractional, i) => ({ element: i < 2 ? 'Li' : 'O', fractional }))
        const structure: Structure = { comment: 'x', lattice: [[3.1, 0, 0], [0.2, 4, 0], [-1, 0.3, 5]], sites }

        const back = readPoscar(writePoscar(structure)).structure

        back.sites.forEach((site, i) => {
          expect(site.element).toBe(sites[i]?.element)
          site.fractional.forEach((x, k) => expect(Math.abs(x - (sites[i]?.fractional[k] ?? NaN))).toBeLessThan(1e-16))
        })
      }),
    )
  })

  it('starts a new block when an element comes back, and never reorders', () => {
    const sites = ['Li', 'O', 'O', 'Li'].map((element, i) => ({ element, fractional: [i / 4, 0, 0] as const }))

    const text = writePoscar({ comment: 'order', lattice: [[4, 0, 0], [0, 4, 0], [0, 0, 4]], sites })

    expect(text.split('\n').slice(5, 7).map((line) => line.trim().split(/\s+/).join(' '))).toEqual(['Li O Li', '1 2 1'])
  })

  it('writes selective dynamics as soon as one site has it', () => {
    const structure = readPoscar(mgo).structure
    const frozen = { ...structure, sites: structure.sites.map((s, i) => (i === 0 ? { ...s, mobile: [false, false, false] as const } : s)) }

    const back = readPoscar(writePoscar(frozen))

    expect(back.selectiveDynamics).toBe(true)
    expect(back.structure.sites.map((site) => site.mobile?.[0])).toEqual([false, ...Array(7).fill(true)])
  })

  it('refuses to write a coordinate that is not a number', () => {
    const structure = readPoscar(mgo).structure
    const broken = { ...structure, sites: [{ element: 'Mg', fractional: [0, NaN, 0] as const }] }

    expect(() => writePoscar(broken)).toThrow(/position of atom 1 \(Mg\)/)
  })
})

const coordinate = fc.double({ min: -1, max: 2, noNaN: true })

function cartesianCell(scale: string): string {
  return `Po\n${scale}\n2 0 0\n0 2 0\n0 0 2\nPo\n1\nCartesian\n1 0.5 1.5\n`
}

function elements(structure: Structure): string {
  return structure.sites.map((site) => site.element).join('')
}

function caught(f: () => unknown): PoscarError {
  try {
    f()
  } catch (error) {
    if (error instanceof PoscarError) return error
  }
  throw new Error('nothing was refused')
}
