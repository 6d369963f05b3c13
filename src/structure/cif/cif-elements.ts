import { isElement } from '../../base/elements-data.ts'

/** What a type symbol or label says about an atom. */
export interface CifSpecies {
  readonly element: string
  readonly isDeuterium: boolean
  /** Formal charge in e, when the symbol has one: `Li1+`, `O2-`, `Fe+3`. */
  readonly oxidationState?: number
}

/**
 * `Mn4+`, `MN1`, `O2-`, `D`, `Li(1)`; undefined for dummies (`X`, `Vac`, `Q1`) and molecules (`H2O`).
 *
 * Upper case is ambiguous (CO, OS, HO): the elements of the chemical formula decide, then the first letter alone.
 */
export function cifSpecies(symbol: string, formulaElements: ReadonlySet<string>): CifSpecies | undefined {
  const letters = /^[A-Za-z]+/.exec(symbol.trim())?.[0] ?? ''
  const element = elementOfLetters(letters, formulaElements)
  if (element === undefined) return undefined
  const charge = /^[A-Za-z]+(?:(\d*\.?\d+)([+-])|([+-])(\d*\.?\d+)|([+-]))$/.exec(symbol.trim())
  const isDeuterium = element === 'D' || element === 'T'
  const species = { element: isDeuterium ? 'H' : element, isDeuterium }
  // Programs that know no charges write `Fe0+` throughout: that is no statement.
  const oxidationState = charge === null ? 0 : chargeOf(charge)
  return oxidationState === 0 ? species : { ...species, oxidationState }
}

const dummies = new Set(['va', 'vac', 'wat', 'du', 'dum', 'x', 'q', 'cnt', 'cen'])

function elementOfLetters(letters: string, inFormula: ReadonlySet<string>): string | undefined {
  if (letters === '' || dummies.has(letters.toLowerCase())) return undefined
  const one = letters.charAt(0).toUpperCase()
  const two = one + letters.charAt(1).toLowerCase()
  const known = (symbol: string) => isElement(symbol) || symbol === 'D' || symbol === 'T'
  if (letters.length > 1 && (inFormula.has(two) || (/^[A-Z][a-z]/.test(letters) && isElement(two)))) return two
  if (inFormula.has(one) || known(one)) return one
  return isElement(two) ? two : undefined
}

function chargeOf(match: RegExpExecArray): number {
  const size = Number(match[1] ?? match[4] ?? 1)
  const sign = match[2] ?? match[3] ?? match[5]
  return sign === '-' ? -size : size
}

/** Numbers of atoms in `Li2 Mn O3` or `Ca(OH)2`; undefined when it is not a plain formula. */
export function cifFormula(text: string | undefined): ReadonlyMap<string, number> | undefined {
  if (text === undefined || !/^[A-Za-z\d.\s]+$/.test(text)) return undefined
  const counts = new Map<string, number>()
  for (const [, symbol = '', count] of text.matchAll(/([A-Z][a-z]?)\s?(\d*\.?\d*)/g)) {
    const element = symbol === 'D' || symbol === 'T' ? 'H' : symbol
    if (!isElement(element)) return undefined
    counts.set(element, (counts.get(element) ?? 0) + (count === '' ? 1 : Number(count)))
  }
  return counts.size > 0 ? counts : undefined
}
