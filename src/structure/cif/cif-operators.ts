import type { CellParameters } from '../lattice.ts'
import type { SymmetryOperation } from '../symmetry.ts'
import { cifColumn, cifItem, type CifBlock } from './cif-document.ts'
import { CifIncompleteError } from './cif-errors.ts'
import {
  fitsCell,
  operationsOfSetting,
  settingOfHallSymbol,
  settingsOfName,
  settingsOfNumber,
  type SpaceGroupSetting,
} from './space-group-settings.ts'
import { readSymop } from './symop-text.ts'

/** One reading of the symmetry of a block; several when only a name is given that leaves the origin open. */
export interface CifSymmetryChoice {
  readonly operations: readonly SymmetryOperation[]
  /** For warnings: `operators of the file`, `F d -3 m, setting 2`. */
  readonly origin: string
}

/** A group has 192 at most; lists for supercells repeat them. */
const mostOperators = 2000
const operatorColumns = ['_space_group_symop_operation_xyz', '_symmetry_equiv_pos_as_xyz']
const magneticColumn = '_space_group_symop_magn_operation_xyz'
const magneticCentring = '_space_group_symop_magn_centering_xyz'

/**
 * Operations from the operator list if there is one, else from the Hall symbol, the Hermann–Mauguin name or the
 * number, in this order; without any of them, and no name, the identity.
 *
 * @throws CifIncompleteError for operators or names that are not understood
 */
export function cifSymmetryChoices(block: CifBlock, cell: CellParameters): readonly CifSymmetryChoice[] {
  const listed = listedOperations(block)
  if (listed !== undefined) return [{ operations: listed, origin: 'the operators of the file' }]
  const named = namedSettings(block)
  if (named === undefined) return [{ operations: [identity], origin: 'no symmetry' }]
  const fitting = named.filter((setting) => fitsCell(setting, cell))
  const usable = fitting.length > 0 ? fitting : named
  return usable.map((setting) => ({
    operations: operationsOfSetting(setting),
    origin: `${setting.fullName}${setting.setting === '' ? '' : `, setting ${setting.setting}`}`,
  }))
}

export function cifSpaceGroupName(block: CifBlock): string | undefined {
  const name = cifItem(block, '_space_group_name_h-m_alt', '_symmetry_space_group_name_h-m', '_space_group_name_h-m')
  return name?.slice(0, 80).trim()
}

const identity: SymmetryOperation = { rotation: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], translation: [0, 0, 0] }

function listedOperations(block: CifBlock): readonly SymmetryOperation[] | undefined {
  for (const name of operatorColumns) {
    const texts = (cifColumn(block, name) ?? []).filter((text) => text !== undefined && text !== '')
    if (texts.length > mostOperators) {
      throw new CifIncompleteError(`${texts.length} symmetry operators are no space group`, 'Check the operator list.')
    }
    if (texts.length > 0) return texts.map((text) => operation(text ?? ''))
  }
  return magneticOperations(block)
}

// Time reversal, the fourth entry, moves no atom; the centring list multiplies the operations.
function magneticOperations(block: CifBlock): readonly SymmetryOperation[] | undefined {
  const read = (name: string) =>
    (cifColumn(block, name) ?? []).map((text) => operation((text ?? '').split(',').slice(0, 3).join(',')))
  const operations = read(magneticColumn)
  const centring = read(magneticCentring)
  if (operations.length === 0) return undefined
  const shifts = centring.length > 0 ? centring.map((entry) => entry.translation) : [identity.translation]
  return shifts.flatMap((shift) =>
    operations.map(({ rotation, translation: t }) => {
      const translation = [t[0] + shift[0], t[1] + shift[1], t[2] + shift[2]] as const
      return { rotation, translation }
    }),
  )
}

function operation(text: string): SymmetryOperation {
  const read = readSymop(text)
  if (read !== undefined) return read
  const remedy = 'Write each operator as three parts such as "-x,y+1/2,-z"; superspace groups cannot be used.'
  throw new CifIncompleteError(`the symmetry operator "${text.slice(0, 60)}" is not understood`, remedy)
}

function namedSettings(block: CifBlock): readonly SpaceGroupSetting[] | undefined {
  const hall = cifItem(block, '_space_group_name_hall', '_symmetry_space_group_name_hall')
  const setting = hall === undefined ? undefined : settingOfHallSymbol(hall)
  if (setting !== undefined) return [setting]
  const name = cifSpaceGroupName(block)
  const byName = name === undefined || name === '' ? [] : settingsOfName(name)
  const number = Number(cifItem(block, '_space_group_it_number', '_symmetry_int_tables_number') ?? NaN)
  const code = cifItem(block, '_space_group_it_coordinate_system_code')
  const found = byName.length > 0 ? byName : settingsOfNumber(number)
  if (found.length > 0) return withCode(found, code)
  if (!name && !hall && Number.isNaN(number)) return undefined
  const remedy = 'Add the list of symmetry operators, or the usual symbol such as "P 1 21/c 1".'
  throw new CifIncompleteError(`no space group is called "${name || hall || number}"`, remedy)
}

function withCode(found: readonly SpaceGroupSetting[], code: string | undefined): readonly SpaceGroupSetting[] {
  const chosen = found.filter((setting) => setting.setting.toLowerCase() === code?.toLowerCase())
  return chosen.length > 0 ? chosen : found
}
