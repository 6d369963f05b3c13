import type { Vector3 } from '../../base/vector.ts'
import { cifColumn, cifColumnWithDots, type CifBlock, type CifValue } from './cif-document.ts'
import { cifSpecies, type CifSpecies } from './cif-elements.ts'
import { CifDisorderedError, CifIncompleteError } from './cif-errors.ts'
import { cifCoordinate, cifNumber } from './cif-number.ts'

/** One row of the atom list. */
export interface CifAtom {
  readonly label: string
  readonly species: CifSpecies
  readonly fractional: Vector3
}

export interface CifAtoms {
  readonly atoms: readonly CifAtom[]
  readonly warnings: readonly string[]
}

/** Beyond this a file describes no crystal that could be computed. */
const mostAtoms = 100_000

const coordinateNames = ['_atom_site_fract_x', '_atom_site_fract_y', '_atom_site_fract_z'] as const

/** Has the block an atom list with at least one position? */
export function hasAtoms(block: CifBlock): boolean {
  return (cifColumn(block, coordinateNames[0]) ?? []).some((value) => cifNumber(value) !== undefined)
}

/**
 * The atom list of a block: dummies and empty rows left out with a warning.
 *
 * @throws CifDisorderedError for partly occupied or mixed sites
 * @throws CifIncompleteError for coordinates or symbols that are not understood
 */
export function cifAtoms(block: CifBlock, formulaElements: ReadonlySet<string>): CifAtoms {
  if (coordinateNames.some((name) => block.raggedNames.has(name))) {
    throw new CifIncompleteError('the rows of the atom list have different lengths', 'Complete the last row of the atom list.')
  }
  refuseTooMany(block.columns.get(coordinateNames[0])?.length ?? 0)
  const rows = atomRows(block)
  const disordered = rows.filter(isShared).map((row) => `${row.label} (occupancy ${row.occupancyText})`)
  if (disordered.length > 0) throw new CifDisorderedError(disordered)
  const warnings: string[] = []
  const atoms = rows.flatMap((row) => {
    const reason = reasonToSkip(row, formulaElements)
    if (reason !== undefined) warnings.push(`${row.label} left out: ${reason}`)
    return reason === undefined ? [readAtom(row, formulaElements)] : []
  })
  if (rows.some((row) => row.position.includes('.'))) warnings.push('a coordinate "." is read as 0')
  if (atoms.some((atom) => atom.species.isDeuterium)) warnings.push('deuterium is read as hydrogen')
  return { atoms: withOxidationTable(block, atoms), warnings }
}

/** @throws CifIncompleteError for more atoms than any calculation could use */
export function refuseTooMany(atoms: number): void {
  if (atoms <= mostAtoms) return
  throw new CifIncompleteError(`more than ${mostAtoms} atoms in the cell`, 'Check the operators and the atom list.')
}

interface AtomRow {
  readonly label: string
  readonly type: CifValue
  readonly position: readonly CifValue[]
  readonly occupancy: number
  readonly occupancyText: string
  readonly isDummy: boolean
}

function atomRows(block: CifBlock): readonly AtomRow[] {
  const column = (name: string) => cifColumn(block, `_atom_site_${name}`) ?? []
  const [labels, types, occupancies, flags] = ['label', 'type_symbol', 'occupancy', 'calc_flag'].map(column)
  const [x = [], y = [], z = []] = coordinateNames.map((name) => cifColumnWithDots(block, name) ?? [])
  return x.map((first, index) => ({
    label: (labels?.[index] ?? types?.[index] ?? `row ${index + 1}`).slice(0, 40),
    type: types?.[index]?.slice(0, 40),
    position: [first, y[index], z[index]],
    occupancy: cifNumber(occupancies?.[index])?.value ?? 1,
    occupancyText: occupancies?.[index] ?? '1',
    isDummy: flags?.[index]?.toLowerCase() === 'dum',
  }))
}

function isShared(row: AtomRow): boolean {
  if (row.isDummy) return false
  const partly = row.occupancy > 1e-6 && (row.occupancy < 0.995 || row.occupancy > 1.05)
  return partly || /[A-Za-z].*[+,/].*[A-Za-z]/.test(row.type ?? '')
}

function reasonToSkip(row: AtomRow, formulaElements: ReadonlySet<string>): string | undefined {
  if (row.isDummy) return 'marked as a dummy'
  if (row.occupancy <= 1e-6) return 'occupancy 0'
  if (row.position.every((value) => value === undefined) || hasNeither(row)) return 'it has no position'
  const isVacancy = /^(vac?|x|q|dum?|cnt)\d*$/i.test(row.type ?? row.label)
  return isVacancy && cifSpecies(row.type ?? row.label, formulaElements) === undefined ? 'not an atom' : undefined
}

// In molecular files every value of a hydrogen that was not located is `.`; then the row is no atom at the origin.
function hasNeither(row: AtomRow): boolean {
  return row.position.every((value) => value === '.') && row.type === undefined
}

function readAtom(row: AtomRow, formulaElements: ReadonlySet<string>): CifAtom {
  const species = cifSpecies(row.type ?? row.label, formulaElements)
  if (species === undefined || /^[A-Z][a-z]?\d*[A-Z]/.test(row.type ?? '')) {
    const remedy = 'Name one element per atom; groups such as H2O must be given atom by atom.'
    throw new CifIncompleteError(`"${row.type ?? row.label}" of ${row.label} is not an element`, remedy)
  }
  const [x, y, z] = row.position.map((value) => (value === '.' ? 0 : cifCoordinate(value)))
  if (x !== undefined && y !== undefined && z !== undefined) return { label: row.label, species, fractional: [x, y, z] }
  const text = row.position.map((value) => value ?? '?').join(' ')
  throw new CifIncompleteError(`the position of ${row.label} is "${text}"`, `Give ${row.label} three fractional coordinates.`)
}

function withOxidationTable(block: CifBlock, atoms: readonly CifAtom[]): readonly CifAtom[] {
  const symbols = cifColumn(block, '_atom_type_symbol') ?? []
  const states = cifColumn(block, '_atom_type_oxidation_number') ?? []
  const types = cifColumn(block, '_atom_site_type_symbol') ?? []
  if (symbols.length === 0 || states.length === 0 || types.length === 0) return atoms
  const table = new Map(symbols.map((symbol, index) => [symbol, cifNumber(states[index])?.value]))
  const typeOfLabel = new Map((cifColumn(block, '_atom_site_label') ?? []).map((label, index) => [label, types[index]]))
  return atoms.map((atom) => {
    const oxidationState = atom.species.oxidationState ?? table.get(typeOfLabel.get(atom.label))
    return !oxidationState ? atom : { ...atom, species: { ...atom.species, oxidationState } }
  })
}
