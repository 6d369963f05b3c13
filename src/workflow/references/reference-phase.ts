import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import { primitiveCell } from '../../structure/cells.ts'
import { readCif } from '../../structure/cif/read-cif.ts'
import type { Structure } from '../../structure/structure.ts'
import { knownPhases, type KnownPhase } from './known-phases-data.ts'

/** Decides occupation and cell of the calculation: metals smear, a molecule stays in its box. */
export type PhaseKind = 'crystal' | 'metal' | 'molecule'

/** A phase whose energy limits chemical potentials, before it is calculated. */
export interface ReferencePhase {
  readonly name: string
  readonly kind: PhaseKind
  readonly structure: Structure
  /** Formal charges by element, from which magnetic ions take their moments. */
  readonly oxidationStates: Readonly<Record<string, number>>
  /** Starting moments by element, before those of the formal charges. */
  readonly momentsMuB?: Readonly<Record<string, number>>
}

/** A reference is named whose structure is neither shipped nor given. */
export class ReferenceStructureMissingError extends KnownError {
  readonly code = 'REFERENCE_STRUCTURE_MISSING'
  readonly remedy: string
  constructor(name: string) {
    super(`No structure of the reference ${name} is at hand.`)
    const guess = didYouMean(name, ['bulk', ...shippedPhaseNames])
    const meant = guess === undefined ? '' : `Did you mean ${guess}? Otherwise `
    this.remedy = `${meant}${meant === '' ? 'Give' : 'give'} its file, - { name: ${name}, file: ${name.toLowerCase()}.cif }; these need none: ${shippedPhaseNames.join(', ')}.`
  }
}

/** What a screen may name without a file. */
export const shippedPhaseNames: readonly string[] = ['O2', ...knownPhases.map(({ name }) => name)]

/** @throws ReferenceStructureMissingError, SymmetryEngineMissingError */
export function shippedPhase(name: string): ReferencePhase {
  if (name === 'O2') return oxygenMolecule
  const known = knownPhases.find((phase) => phase.name === name)
  if (known === undefined) throw new ReferenceStructureMissingError(name)
  const { kind, oxidationStates, momentsMuB } = known
  return { name, kind, structure: crystalOf(known), oxidationStates, ...(momentsMuB === undefined ? {} : { momentsMuB }) }
}

/**
 * O2 in its triplet state along c. The three edges differ, so that no symmetry of the box keeps the degenerate orbitals
 * from choosing, and are above 15 Å, where one k-point is as dense as any mesh.
 *
 * @source bond length 1.2075 Å: Huber and Herzberg, Constants of Diatomic Molecules (1979)
 */
const boxAngstrom = [15.5, 16, 16.5] as const
const bondAngstrom = 1.2075
const oxygenMolecule: ReferencePhase = {
  name: 'O2',
  kind: 'molecule',
  oxidationStates: { O: 0 },
  structure: {
    comment: 'O2, triplet',
    lattice: [[boxAngstrom[0], 0, 0], [0, boxAngstrom[1], 0], [0, 0, boxAngstrom[2]]],
    sites: [-1, 1].map((side) => ({
      element: 'O',
      fractional: [0.5, 0.5, 0.5 + (side * bondAngstrom) / 2 / boxAngstrom[2]],
      magneticMomentMuB: 1,
    })),
  },
} // prettier-ignore

/** The whole cell from the asymmetric unit, by way of the words that a CIF would use. */
function crystalOf({ name, spaceGroup, cell, atoms, isReduced }: KnownPhase): Structure {
  const edges = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma']
  const lines = [
    `data_${name}`,
    ...edges.map((edge, i) => `_cell_${edge} ${cell[i]}`),
    `_space_group_name_H-M_alt '${spaceGroup}'`,
    'loop_',
    ...['label', 'type_symbol', 'fract_x', 'fract_y', 'fract_z'].map((item) => `_atom_site_${item}`),
    ...atoms.map(([element, ...place], i) => `${element}${i + 1} ${element} ${place.join(' ')}`),
  ]
  const { structure } = readCif(`${lines.join('\n')}\n`)
  return { ...(isReduced === true ? primitiveCell(structure) : structure), comment: name }
}
