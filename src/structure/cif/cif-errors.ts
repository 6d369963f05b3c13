import { KnownError } from '../../base/known-error.ts'

/** The text does not follow the grammar of CIF. */
export class CifSyntaxError extends KnownError {
  readonly code = 'CIF_SYNTAX'
  readonly remedy: string

  constructor(line: number, problem: string) {
    super(`CIF line ${line}: ${problem}.`)
    this.remedy = `Correct line ${line}; enCIFer or the checkCIF service of the IUCr show what belongs there.`
  }
}

/** Well-formed, but something that a crystal needs is not there or not understood. */
export class CifIncompleteError extends KnownError {
  readonly code = 'CIF_INCOMPLETE'
  readonly remedy: string

  constructor(problem: string, remedy: string) {
    super(`CIF: ${problem}.`)
    this.remedy = remedy
  }
}

/** Sites that are only partly occupied or shared: an average, not an arrangement of atoms. */
export class CifDisorderedError extends KnownError {
  readonly code = 'CIF_DISORDERED'
  readonly remedy =
    'Choose an ordered arrangement first: a supercell in which every site is full or empty, or an ordered entry of the same compound.'

  constructor(sites: readonly string[]) {
    const more = sites.length > 6 ? ` and ${sites.length - 6} more` : ''
    super(`CIF: the crystal is disordered: ${sites.slice(0, 6).join(', ')}${more}.`)
  }
}

/** The chemical formula has hydrogen atoms that the atom list does not. */
export class CifMissingHydrogenError extends KnownError {
  readonly code = 'CIF_MISSING_HYDROGEN'
  readonly remedy = 'Add the hydrogen positions, or use an entry (neutrons, or a relaxed one) that has them.'

  constructor(formula: string, expected: number, found: number) {
    super(`CIF: the formula "${formula}" asks for ${expected} hydrogen atoms in the cell, the atom list gives ${found}.`)
  }
}
