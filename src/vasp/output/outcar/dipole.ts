import { numberAfter, numbersAfter, type Section } from './line.ts'

/** Dipole correction (IDIPOL), values of the last electronic step. */
export interface Dipole {
  /** Electrons × Å, Cartesian; a component that is not corrected is absent or 0. */
  readonly momentElectronAngstrom?: readonly number[]
  readonly energyCorrectionEv?: number
}

export function dipoleSection(): Section & { result(): Dipole | undefined } {
  let dipole: Dipole | undefined
  return {
    result: () => dipole,
    markers: {
      'DIPCOR:': () => {
        dipole ??= {}
      },
      'dipolmoment': (line) => {
        dipole = { ...dipole, momentElectronAngstrom: numbersAfter(line).slice(0, 3) }
      },
      'dipol+quadrupol energy correction': (line) => {
        const energyCorrectionEv = numberAfter(line)
        if (energyCorrectionEv !== undefined) dipole = { ...dipole, energyCorrectionEv }
      },
    },
  }
}
