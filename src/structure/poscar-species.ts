import { isElement } from '../base/elements-data.ts'
import { fortranNumber, PoscarError, takeLine, words, type LineCursor } from './poscar-lines.ts'

/** One block of equal atoms, as the element and count lines give it. An element may have several blocks. */
export interface SpeciesCount {
  readonly element: string
  readonly count: number
}

/**
 * Reads the element line (VASP 5 and later) and the count line.
 *
 * A VASP 4 file has no element line: the elements come from `elements`, else from a comment that is nothing but
 * as many element names as there are counts, else from the labels behind the coordinates.
 *
 * @throws PoscarError when the elements cannot be known or do not fit the counts
 */
export function takeSpecies(cursor: LineCursor, elements: readonly string[] | undefined): readonly SpeciesCount[] {
  const line = takeLine(cursor, 'element symbols or numbers of atoms')
  if (fortranNumber(words(line)[0]) !== undefined) return vasp4Species(cursor, line, elements)
  const named = words(line).map((word) => elementOfWord(word) ?? unknownElement(cursor.next, word))
  const counts = takeCounts(cursor, takeLine(cursor, 'numbers of atoms'))
  if (counts.length !== named.length) {
    throw new PoscarError(cursor.next, `${named.length} numbers of atoms (${named.join(' ')})`, counts.join(' '))
  }
  return pair(elements ?? named, counts)
}

/** `Mn` of `Mn`, `Mn_pv`, `Mn_pv/0bd5f9`, `H1.25` or `MN`; undefined if no element is meant. */
export function elementOfWord(word: string): string | undefined {
  const letters = /^[A-Za-z]{1,2}(?![A-Za-z])/.exec(word)?.[0]
  if (letters === undefined) return undefined
  const symbol = letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase()
  return isElement(symbol) ? symbol : undefined
}

function vasp4Species(cursor: LineCursor, line: string, elements: readonly string[] | undefined): SpeciesCount[] {
  const counts = takeCounts(cursor, line)
  const found = elements ?? elementsOfComment(cursor, counts) ?? elementsOfLabels(cursor, counts)
  if (found !== undefined && found.length === counts.length) return pair(found, counts)
  const remedy = `Insert a line with ${counts.length} element symbols above line ${cursor.next}, or name the elements.`
  throw new PoscarError(cursor.next, `element symbols for ${counts.length} kinds of atoms (VASP 5)`, line, remedy)
}

function takeCounts(cursor: LineCursor, line: string): readonly number[] {
  const counts: number[] = []
  for (const word of words(line)) {
    if (!/^\d+$/.test(word)) break
    counts.push(Number(word))
  }
  const atoms = counts.reduce((sum, count) => sum + count, 0)
  if (atoms > 0 && atoms < 1e7) return counts
  throw new PoscarError(cursor.next, 'numbers of atoms (positive integers)', line)
}

function elementsOfComment(cursor: LineCursor, counts: readonly number[]): readonly string[] | undefined {
  const symbols = words(cursor.lines[0] ?? '').map(elementOfWord)
  return symbols.length === counts.length ? allDefined(symbols) : undefined
}

// Several programs wrote the element behind each position long before VASP had an element line.
function elementsOfLabels(cursor: LineCursor, counts: readonly number[]): readonly string[] | undefined {
  const selective = /^\s*[sS]/.test(cursor.lines[cursor.next] ?? '')
  const labelColumn = selective ? 6 : 3
  let start = cursor.next + (selective ? 2 : 1)
  const symbols = counts.map((count) => {
    const rows = cursor.lines.slice(start, start + count)
    start += count
    const labels = rows.map((row) => elementOfWord(words(row)[labelColumn] ?? ''))
    return labels.every((label) => label === labels[0]) ? labels[0] : undefined
  })
  return allDefined(symbols)
}

function allDefined(symbols: readonly (string | undefined)[]): readonly string[] | undefined {
  const known = symbols.filter((symbol) => symbol !== undefined)
  return known.length === symbols.length ? known : undefined
}

function pair(elements: readonly string[], counts: readonly number[]): SpeciesCount[] {
  return counts.map((count, index) => ({ element: elements[index] ?? '', count }))
}

function unknownElement(line: number, word: string): never {
  throw new PoscarError(line, 'element symbols', word, `Correct "${word}" on line ${line}: it is not an element.`)
}
