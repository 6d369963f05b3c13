import { elementData } from '../base/elements-data.ts'

/** A piece of a text; `isCount` of the numbers that stand low behind an element or a bracket. */
export interface FormulaPart {
  readonly text: string
  readonly isCount: boolean
}

const wholeFormula = /^(?:[A-Z][a-z]?[\d.]*|\(|\)[\d.]*)+$/
const piece = /([A-Z][a-z]?|[()])([\d.]*)/g

/**
 * Takes the counts out of every formula of a text: `Li2MnO3 + O2`. Words that are none, such as names that somebody gave to a
 * phase, stay whole; a formula is made of elements alone.
 */
export function formulaParts(text: string): readonly FormulaPart[] {
  return text.split(/(\s+)/).flatMap((word) => (isFormula(word) ? partsOf(word) : [{ text: word, isCount: false }]))
}

function isFormula(word: string): boolean {
  return wholeFormula.test(word) && [...word.matchAll(/[A-Z][a-z]?/g)].every(([symbol]) => Object.hasOwn(elementData, symbol))
}

function partsOf(word: string): readonly FormulaPart[] {
  return [...word.matchAll(piece)].flatMap(([, symbol = '', count = '']) => [
    { text: symbol, isCount: false },
    ...(count === '' ? [] : [{ text: count, isCount: true }]),
  ])
}
