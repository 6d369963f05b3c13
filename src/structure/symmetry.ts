import { KnownError } from '../base/known-error.ts'
import type { Matrix3 } from '../base/matrix.ts'
import type { Vector3 } from '../base/vector.ts'
import { elementsOf, type Structure } from './structure.ts'
import { symmetryEngine, type SymmetryEngine } from './symmetry-engine.ts'

/** x' = rotation · x + translation, for fractional column vectors of the cell that was analysed. */
export interface SymmetryOperation {
  readonly rotation: Matrix3
  readonly translation: Vector3
}

export interface Symmetry {
  readonly spaceGroupNumber: number
  /** Short Hermann–Mauguin symbol, for instance `C2/m`. */
  readonly internationalSymbol: string
  /** 1 to 530: the setting that Wyckoff letters refer to. */
  readonly hallNumber: number
  /** All operations of the cell as given, translations of a non-primitive cell included. */
  readonly operations: readonly SymmetryOperation[]
  /** [ion] index of the first site of its orbit. */
  readonly equivalentTo: readonly number[]
  /** [ion] letter. */
  readonly wyckoffLetters: readonly string[]
  /** [ion] positions of that letter in the conventional cell: the 4 of `4g`. */
  readonly multiplicities: readonly number[]
  /** [ion] oriented site-symmetry symbol, for instance `2/m`. */
  readonly siteSymmetries: readonly string[]
}

export interface SymmetryOptions {
  /** Atoms this far apart after an operation still count as the same. */
  readonly symprecAngstrom?: number
}

export class SymmetryNotFoundError extends KnownError {
  readonly code = 'SYMMETRY_NOT_FOUND'
  readonly remedy = 'Look for a flat cell or coordinates that are no numbers with "dopant structure info", or change the tolerance.'

  constructor(structure: Structure, reason: unknown) {
    super(`No space group could be found for "${structure.comment}": ${String(reason)}.`)
  }
}

/**
 * Space group, operations and orbits of a crystal or slab; magnetic moments and oxidation states play no part.
 *
 * @throws SymmetryNotFoundError for cells without volume or without atoms
 * @throws SymmetryEngineMissingError before the engine is loaded
 */
export function analyseSymmetry(structure: Structure, options: SymmetryOptions = {}): Symmetry {
  const engine = symmetryEngine()
  const found = analyse(engine, structure, options.symprecAngstrom ?? 0.01)
  return {
    spaceGroupNumber: found.number,
    internationalSymbol: found.hm_symbol.replaceAll(' ', ''),
    hallNumber: found.hall_number,
    operations: found.operations.map(readOperation),
    equivalentTo: found.orbits,
    wyckoffLetters: found.wyckoffs,
    multiplicities: multiplicities(engine, found.hall_number, found.wyckoffs),
    siteSymmetries: found.site_symmetry_symbols,
  }
}

/** `4g` for one site of an analysed structure. */
export function wyckoffName(symmetry: Symmetry, index: number): string {
  return `${symmetry.multiplicities[index] ?? ''}${symmetry.wyckoffLetters[index] ?? ''}`
}

/** Sites grouped by symmetry: [orbit][ion], orbits and members in order of the sites. */
export function orbitsOf(symmetry: Symmetry): readonly (readonly number[])[] {
  const orbits = new Map<number, number[]>()
  symmetry.equivalentTo.forEach((first, index) => {
    const members = orbits.get(first)
    if (members === undefined) orbits.set(first, [index])
    else members.push(index)
  })
  return [...orbits.values()]
}

/** The engine stores matrices column after column. */
export function readOperation(operation: {
  readonly rotation: readonly number[]
  readonly translation: readonly number[]
}): SymmetryOperation {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = operation.rotation
  const [x = 0, y = 0, z = 0] = operation.translation
  return { rotation: [[a, d, g], [b, e, h], [c, f, i]], translation: [x, y, z] }
}

function analyse(engine: SymmetryEngine, structure: Structure, symprecAngstrom: number) {
  try {
    return engine.analyze_cell(JSON.stringify(cellOf(structure)), symprecAngstrom, 'Standard')
  } catch (reason) {
    // The engine throws plain strings.
    throw new SymmetryNotFoundError(structure, reason)
  }
}

function cellOf(structure: Structure) {
  const kinds = elementsOf(structure)
  return {
    lattice: { basis: structure.lattice.flat() },
    positions: structure.sites.map((site) => site.fractional),
    numbers: structure.sites.map((site) => kinds.indexOf(site.element) + 1),
  }
}

function multiplicities(engine: SymmetryEngine, hallNumber: number, letters: readonly string[]): readonly number[] {
  const known = new Map(engine.wyckoff_positions(hallNumber).map((entry) => [entry.letter, entry.multiplicity]))
  return letters.map((letter) => known.get(letter) ?? 0)
}
