import { ascii } from '../text/bytes.ts'
import { contains, numberAfter, numberAfterWord, numbersAfter, textAfter, type Section } from './line.ts'

/** One entry of the POTCAR, in its order. */
export interface Species {
  readonly symbol: string
  /** Ions of this species; undefined when the file ends before the counts. */
  readonly count?: number
  /** Valence electrons of the pseudopotential. */
  readonly zval?: number
  readonly enmaxEv?: number
  readonly massAmu?: number
  readonly titel?: string
}

/** For a species whose name the file does not hold. */
export const unknownSymbol = 'X'

const zval = ascii('ZVAL')
const nions = ascii('NIONS')

export interface SpeciesSection extends Section {
  result(): { species: readonly Species[]; ionCount: number | undefined }
  readonly ionCount: () => number | undefined
}

/** Species, their counts and valences. Of each quantity the first printing of a POTCAR block counts. */
export function speciesSection(): SpeciesSection {
  const titles: string[] = []
  const potcarLines: string[] = []
  let laterValences: readonly number[] = []
  const names: string[] = []
  const valences: (number | undefined)[] = []
  const masses: (number | undefined)[] = []
  const cutoffs: (number | undefined)[] = []
  let counts: readonly number[] = []
  let ionCount: number | undefined

  function result(): { species: readonly Species[]; ionCount: number | undefined } {
    const length = Math.max(titles.length, names.length, counts.length)
    if (valences.length === 0 && laterValences.length === length) valences.push(...laterValences)
    return { species: Array.from({ length }, (_, index) => speciesAt(index)), ionCount: knownIonCount() }
  }

  // The counts overflow or are cut in broken files; then the declared NIONS stands alone.
  function knownIonCount(): number | undefined {
    return ionCount ?? (counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : undefined)
  }

  function speciesAt(index: number): Species {
    // Some modes (NWRITE = 0, cut files) leave out the POTCAR blocks but for their names.
    const titel = titles[index] ?? (titles.length === 0 ? potcarLines[index] : undefined)
    return {
      symbol: symbolOfTitle(titel) ?? names[index] ?? unknownSymbol,
      ...present('count', counts[index]),
      ...present('zval', valences[index]),
      ...present('enmaxEv', cutoffs[index]),
      ...present('massAmu', masses[index]),
      ...present('titel', titel),
    }
  }

  return {
    result,
    ionCount: () => ionCount,
    markers: {
      'TITEL  =': (line) => void titles.push(textAfter(line)),
      'POTCAR:': (line) => void potcarLines.push(textAfter(line)),
      'ZVAL   =': (line) => {
        if (laterValences.length === 0) laterValences = numbersAfter(line)
      },
      'VRHFIN =': (line) => void names.push(textAfter(line).split(':')[0]!.trim()),
      'POMASS =': (line) => {
        if (!contains(line, zval)) return
        masses.push(numberAfter(line))
        valences.push(numberAfterWord(line, zval))
      },
      'ENMAX  =': (line) => void cutoffs.push(numberAfter(line)),
      'ions per type =': (line) => {
        if (counts.length === 0) counts = numbersAfter(line).filter(Number.isInteger)
      },
      'number of dos': (line) => {
        ionCount ??= numberAfterWord(line, nions)
      },
    },
  }
}

/** `PAW_PBE Mn_pv 02Aug2007` → `Mn`; `H.5` and `H1.25` are hydrogen. */
export function symbolOfTitle(titel: string | undefined): string | undefined {
  const words = titel?.split(/\s+/) ?? []
  const candidates = words.length > 1 ? words.slice(1) : words
  for (const word of candidates) {
    const symbol = /^([A-Z][a-z]?)(?:[_.\d]|$)/.exec(word)?.[1]
    if (symbol !== undefined) return symbol
  }
  return undefined
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}
