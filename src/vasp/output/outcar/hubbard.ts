import { numberAfter, numbersAfter, type Section } from './line.ts'

/** On-site terms, one value a species in POTCAR order; −1 in `angularMomentum` means none. */
export interface Hubbard {
  /** LDAUTYPE; 2 is Dudarev's form, where only U − J matters. */
  readonly type?: number
  readonly angularMomentum?: readonly number[]
  readonly uEv?: readonly number[]
  readonly jEv?: readonly number[]
}

export function hubbardSection(): Section & { result(): Hubbard | undefined } {
  let hubbard: Hubbard | undefined
  return {
    result: () => hubbard,
    markers: {
      'LDA+U is selected, type is set to LDAUTYPE =': (line) => {
        const type = numberAfter(line)
        hubbard = { ...hubbard, ...(type === undefined ? {} : { type }) }
      },
      'angular momentum for each species LDAUL =': (line) => {
        hubbard = { ...hubbard, angularMomentum: numbersAfter(line) }
      },
      'U (eV)           for each species LDAUU =': (line) => {
        hubbard = { ...hubbard, uEv: numbersAfter(line) }
      },
      'J (eV)           for each species LDAUJ =': (line) => {
        hubbard = { ...hubbard, jEv: numbersAfter(line) }
      },
    },
  }
}
