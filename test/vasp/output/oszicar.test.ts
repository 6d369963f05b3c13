import { expect, it } from 'vitest'
import { createOszicarReader, NotAnOszicarError, type Oszicar } from '../../../src/vasp/output/oszicar.ts'
import { ascii } from '../../../src/vasp/output/text/bytes.ts'

function read(...lines: readonly string[]): Oszicar {
  const reader = createOszicarReader()
  reader.push(ascii(lines.map((line) => `${line}\n`).join('')))
  return reader.finish()
}

const heading = '       N       E                     dE             d eps       ncg     rms          rms(c)'
const first = 'DAV:   1     0.450724605593E+04    0.45072E+04   -0.17777E+05 16576   0.160E+03'
const second = 'RMM:   2    -0.108493565621E+02    0.24982E-07   -0.13601E-08   434   0.162E-03'

it('reads energies, moment and electronic steps of an ionic step', () => {
  const { ionicSteps, unfinishedScfSteps } = read(heading, first, second, '   1 F= -.10849357E+02 E0= -.10848000E+02  d E =-.108494E+02  mag=    -1.5000', heading, first)

  expect(ionicSteps).toEqual([
    { number: 1, totenEv: -10.849357, energySigmaToZeroEv: -10.848, energyChangeEv: -10.8494, magnetizationMuB: [-1.5], scfSteps: 2, lastEnergyChangeEv: 2.4982e-8 },
  ])
  expect(unfinishedScfSteps).toBe(1)
})

it('reads a step of molecular dynamics', () => {
  const { ionicSteps } = read(heading, first, '     12 T=   300. E= -.66352000E+03 F= -.66452000E+03 E0= -.66451000E+03  EK= 0.10000E+01 SP= 0.00E+00 SK= 0.00E+00')

  expect(ionicSteps[0]).toMatchObject({ number: 12, temperatureK: 300, conservedEnergyEv: -663.52, totenEv: -664.52, energySigmaToZeroEv: -664.51, kineticEnergyEv: 1 })
})

it('reads exponents of three digits that lost their letter', () => {
  expect(read(heading, first, '   1 F= -.12446400-244 E0= 0.24393000+102  d E =-.1E-01').ionicSteps[0]).toMatchObject({ totenEv: -0.124464e-244, energySigmaToZeroEv: 0.24393e102 })
})

it('counts neither the solvent nor linear response as electronic steps', () => {
  const solvent = 'SOL:   1  -0.40285E-01    0.36096E-01   -0.41887E-02   106'
  const { ionicSteps, unfinishedScfSteps } = read(heading, first, solvent, second, '   1 F= -.1E+02 E0= -.1E+02  d E =-.1E+02', ' Linear response reoptimize wavefunctions', heading, first)

  expect(ionicSteps[0]?.scfSteps).toBe(2)
  expect(unfinishedScfSteps).toBe(0)
})

it('takes an empty file for a run that has not begun, and refuses another text', () => {
  expect(read()).toEqual({ ionicSteps: [], unfinishedScfSteps: 0, linesRead: 0 })
  expect(() => read('Reciprocal mesh', '0', 'Gamma')).toThrow(NotAnOszicarError)
})
