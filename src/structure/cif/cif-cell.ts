import { latticeFromParameters, volumeAngstrom3, type CellParameters, type Lattice } from '../lattice.ts'
import { cifItem, type CifBlock } from './cif-document.ts'
import { CifIncompleteError } from './cif-errors.ts'
import { cifNumber } from './cif-number.ts'

export interface CifCell {
  readonly parameters: CellParameters
  readonly lattice: Lattice
}

/** The cell of a block; an angle that is not given is 90°, as the dictionary has it. */
export function cifCell(block: CifBlock): CifCell {
  const length = (axis: string) => positive(block, `_cell_length_${axis}`)
  const angle = (axis: string) => positive(block, `_cell_angle_${axis}`, 90)
  const parameters: CellParameters = {
    aAngstrom: length('a'),
    bAngstrom: length('b'),
    cAngstrom: length('c'),
    alphaDegrees: angle('alpha'),
    betaDegrees: angle('beta'),
    gammaDegrees: angle('gamma'),
  }
  const lattice = latticeFromParameters(parameters)
  const box = parameters.aAngstrom * parameters.bAngstrom * parameters.cAngstrom
  if (volumeAngstrom3(lattice) > 1e-6 * box) return { parameters, lattice }
  throw new CifIncompleteError(`the cell of block "${block.name}" has no volume`, 'Correct the cell lengths and angles.')
}

function positive(block: CifBlock, name: string, fallback?: number): number {
  const text = cifItem(block, name)
  const value = text === undefined ? fallback : cifNumber(text)?.value
  if (value !== undefined && value > 0) return value
  throw new CifIncompleteError(`${name} of block "${block.name}" is ${text ?? 'missing'}`, `Give ${name} as a positive number.`)
}
