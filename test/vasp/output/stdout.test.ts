import { expect, it } from 'vitest'
import { readStdout } from '../../../src/vasp/output/stdout.ts'

it('names a message, with its line and how often it came', () => {
  const line = ' WARNING: Sub-Space-Matrix is not hermitian in DAV            4  -1.1E-003'

  const { messages } = readStdout(` running on   16 total cores\n${line}\n${line}\n`)

  expect(messages).toEqual([{ key: 'subspacematrix', line: 2, text: 'WARNING: Sub-Space-Matrix is not hermitian in DAV 4 -1.1E-003', count: 2 }])
})

it('joins the lines of a box before it searches them', () => {
  const box = ['|     Inconsistent Bravais   |', '|     lattice types found    |'].join('\n')

  expect(readStdout(`something\n${box}\n`).messages).toMatchObject([{ key: 'bravais', line: 2 }])
})

it('finds nothing wrong in the output of a healthy run, and counts its steps', () => {
  const text = [
    ' vasp.6.3.2 27Jun22 (build Jun 29 2023 14:50:22) complex', ' POSCAR found :  1 types and       2 ions',
    '       N       E                     dE             d eps       ncg     rms          rms(c)',
    'DAV:   1     0.450724605593E+04    0.45072E+04   -0.17777E+05 16576   0.160E+03',
    'DAV:   2    -0.108493565361E+02   -0.18314E-08   -0.15711E-09   992   0.364E-04',
    '   1 F= -.10849357E+02 E0= -.10849357E+02  d E =-.108494E+02',
  ].join('\r\n')

  expect(readStdout(text)).toEqual({ vaspVersion: '6.3.2', messages: [], electronicSteps: 2, ionicSteps: 1, linesRead: 6 })
})
