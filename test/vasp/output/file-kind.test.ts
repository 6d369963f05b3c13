import { describe, expect, it } from 'vitest'
import { kindOfContent, kindOfName, recognizeKind } from '../../../src/vasp/output/file-kind.ts'

const cell = ['MgO', '1.0', '0 2.1 2.1', '2.1 0 2.1', '2.1 2.1 0', 'Mg O', '1 1']
const poscar = [...cell, 'Direct', '0 0 0', '0.5 0.5 0.5', ''].join('\n')

describe('recognizeKind', () => {
  it.each([
    [
      'OUTCAR',
      ' vasp.5.4.4.18Apr17 (build Apr  9 2020) complex\n executed on             LinuxIFC date 2020.04.09',
    ],
    ['stdout', ' running on   48 total cores\n distrk:  each k-point on   48 cores'],
    [
      'OSZICAR',
      '       N       E                     dE             d eps       ncg     rms          rms(c)\nDAV:   1    -0.1E+03',
    ],
    ['vasprun.xml', '<?xml version="1.0" encoding="ISO-8859-1"?>\n<modeling>\n'],
    ['ACF.dat', '\n    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL\n ------'],
    ['BCF.dat', '    #         X           Y           Z        CHARGE     ATOM    DISTANCE\n'],
    ['POSCAR', poscar],
    ['CHGCAR', `${poscar}\n   2    2    2\n 0.1E+01 0.1E+01\n`],
    ['XDATCAR', [...cell, 'Direct configuration=     1', '0 0 0', '0.5 0.5 0.5'].join('\n')],
    ['KPOINTS', 'mesh\n0\nGamma\n4 4 1\n0 0 0\n'],
    ['KPOINTS', 'bands\n20\nline-mode\nreciprocal\n0 0 0 ! G\n0.5 0 0 ! X\n'],
    ['INCAR', '# relaxation\nENCUT = 520\nISMEAR = 0 ; SIGMA = 0.05\n'],
    ['POTCAR', '   VRHFIN =O: s2p4\n   LEXCH  = PE\n   TITEL  = PAW_PBE O 08Apr2002\n'],
  ] as const)('tells %s by what is in it', (kind, head) => {
    expect(kindOfContent(head)).toBe(kind)
    expect(recognizeKind(head, 'file.txt')).toBe(kind)
  })

  it('believes the content rather than the name', () => {
    expect(recognizeKind('<?xml version="1.0"?>\n<modeling>', 'OUTCAR')).toBe('vasprun.xml')
  })

  it('lets the name decide between files of the same form', () => {
    expect(recognizeKind(poscar, 'CONTCAR.relax1')).toBe('CONTCAR')
    expect(recognizeKind(`${poscar}\n 2 2 2\n 1 1 1\n`, '/run/LOCPOT.gz')).toBe('LOCPOT')
  })

  it('falls back to the name when the content says nothing', () => {
    expect(recognizeKind('', 'vasprun.relax2.xml.gz')).toBe('vasprun.xml')
    expect(recognizeKind('', 'job.o12345')).toBe('stdout')
    expect(recognizeKind('Dear reader', 'letter.txt')).toBeUndefined()
  })

  it('finds names with anything before and after', () => {
    expect(kindOfName('/a/b/AECCAR0')).toBe('AECCAR')
    expect(kindOfName('run1_OUTCAR.static')).toBe('OUTCAR')
    expect(kindOfName('/OUTCAR/readme')).toBeUndefined()
  })
})
