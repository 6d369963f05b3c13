import { describe, expect, it } from 'vitest'
import { readAcf, sumElectrons } from '../../../src/vasp/output/acf.ts'

const head = '    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL'
const rule = ' --------------------------------------------------------------------------------'
const lithiumFluoride = [
  head,
  rule,
  '    1    0.000000    0.000000    0.000000    0.118221     0.734512     3.012345',
  '    2    2.013000    2.013000    2.013000    7.881779     1.301224    13.304321',
  rule,
  '    VACUUM CHARGE:               0.0000',
  '    VACUUM VOLUME:               0.0000',
  '    NUMBER OF ELECTRONS:         8.0000',
  '',
]

describe('readAcf', () => {
  it('reads atoms, vacuum and electrons of version 1.0', () => {
    const acf = readAcf(lithiumFluoride.join('\n'))

    expect(acf.atoms).toHaveLength(2)
    expect(acf.atoms[1]).toEqual({
      cartesianAngstrom: [2.013, 2.013, 2.013],
      electrons: 7.881779,
      minDistanceAngstrom: 1.301224,
      volumeAngstrom3: 13.304321,
    })
    expect(acf).toMatchObject({
      vacuumElectrons: 0,
      vacuumVolumeAngstrom3: 0,
      electronCount: 8,
      unit: 'angstrom',
    })
    expect(sumElectrons(acf)).toBeCloseTo(acf.electronCount, 6)
  })

  it('reads the form without ATOMIC VOL and without vacuum lines', () => {
    const acf = readAcf(
      [
        '   #         X           Y           Z        CHARGE     MIN DIST',
        '----------------------------------------------------------------',
        '   1      7.0865      8.5038      9.0672      9.0852      1.3250',
        '   2      7.0865      9.9461      9.0672     -0.0852      0.2872',
        '----------------------------------------------------------------',
        '  NUMBER OF ELECTRONS:        9.00000',
      ].join('\n'),
    )

    expect(acf.atoms.map((atom) => atom.electrons)).toEqual([9.0852, -0.0852])
    expect(acf.atoms[0]?.volumeAngstrom3).toBeUndefined()
    expect(acf.vacuumElectrons).toBeUndefined()
  })

  it('finds the electrons of the oldest versions under BADER', () => {
    const acf = readAcf(
      [
        '',
        '   #       X         Y         Z      VORONOI     BADER       %    DISTANCE',
        rule,
        '   1    0.0000    0.0000    0.0000    1.2000    0.9000    11.25    0.7000',
        '   2    1.0000    0.0000    0.0000    6.8000    7.1000    88.75    0.9000',
        rule,
        ' NUMBER OF ELECTRONS: 8.0',
      ].join('\n'),
    )

    expect(acf.atoms.map((atom) => atom.electrons)).toEqual([0.9, 7.1])
    expect(acf.atoms[1]?.minDistanceAngstrom).toBe(0.9)
  })

  it('turns bohr into Å when the charge came from a cube file', () => {
    const acf = readAcf(lithiumFluoride.join('\n'), { unit: 'bohr' })

    expect(acf.atoms[1]?.cartesianAngstrom[0]).toBeCloseTo(1.065234, 6)
    expect(acf.atoms[1]?.volumeAngstrom3).toBeCloseTo(13.304321 * 0.148184711, 6)
    expect(acf.atoms[1]?.electrons).toBe(7.881779)
  })

  it('separates numbers that touch', () => {
    const touching = lithiumFluoride.with(
      3,
      '    2   -2.013000-102.013000-992.013000    7.881779     1.301224    13.304321',
    )

    expect(readAcf(touching.join('\r\n')).atoms[1]?.cartesianAngstrom).toEqual([-2.013, -102.013, -992.013])
  })

  it.each([
    ['stars in a charge', lithiumFluoride.with(2, '    1 0.0 0.0 0.0 ******** 0.734512 3.012345'), 'line 3'],
    [
      'rows in the wrong order',
      [...lithiumFluoride.slice(0, 2), lithiumFluoride[3], lithiumFluoride[2], ...lithiumFluoride.slice(4)],
      'line 3',
    ],
    ['a row that was cut', lithiumFluoride.with(3, '    2    2.013000    2.01'), 'line 4'],
    ['an end before NUMBER OF ELECTRONS', lithiumFluoride.slice(0, 6), 'NUMBER OF ELECTRONS'],
    ['no atom at all', lithiumFluoride.toSpliced(2, 2), 'each atom'],
    ['an empty file', [], '# X Y Z CHARGE'],
  ])('refuses %s and says where', (_, lines, where) => {
    expect(() => readAcf(lines.join('\n'))).toThrow(where)
  })
})
