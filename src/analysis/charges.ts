import { KnownError } from '../base/known-error.ts'
import type { Structure } from '../structure/structure.ts'

/** Net charges as the header of every charge table has to say them. */
export const netChargeDefinition = 'Net charge q = ZVAL − N(Bader) in e: positive for a cation.'

/** What is known about one atom's basin, from our own partition or from an ACF.dat. */
export interface AtomBasin {
  readonly electrons: number
  readonly minDistanceAngstrom?: number
  readonly volumeAngstrom3?: number
  readonly momentMuB?: number
}

/** A partition with what is needed to judge it. */
export interface BaderCharges {
  /** POSCAR order. */
  readonly atoms: readonly AtomBasin[]
  readonly vacuumElectrons: number
  /** Atoms and vacuum together. */
  readonly electronCount: number
  readonly method: string
  /** `dopant`, or the name and version of the program that wrote ACF.dat. */
  readonly program: string
  /** Were the basins taken from AECCAR0 + AECCAR2? */
  readonly hasReference: boolean
  /** ZVAL of this run's potentials, by element; never a table value, because Mn is 7 and Mn_pv 13. */
  readonly valenceElectrons: Readonly<Record<string, number>>
  readonly gridSpacingAngstrom?: number
}

export class ValenceUnknownError extends KnownError {
  readonly code = 'VALENCE_ELECTRONS_UNKNOWN'
  readonly remedy = 'Read the run’s OUTCAR, which lists ZVAL of every potential, together with its ACF.dat.'
  constructor(element: string) {
    super(`The number of valence electrons of ${element} in this run is not known.`)
  }
}

/** The charges belong to another list of atoms. */
export class AtomCountMismatchError extends KnownError {
  readonly code = 'ATOM_COUNT_MISMATCH'
  readonly remedy = 'Use the ACF.dat and the CONTCAR of one and the same calculation.'
  constructor(charges: number, atoms: number) {
    super(`There are ${charges} Bader charges for ${atoms} atoms.`)
  }
}

/**
 * q = ZVAL − N for every atom, in e, POSCAR order.
 *
 * @throws ValenceUnknownError, AtomCountMismatchError
 */
export function netChargesE(structure: Structure, bader: BaderCharges): readonly number[] {
  const { atoms, valenceElectrons } = bader
  if (atoms.length !== structure.sites.length)
    throw new AtomCountMismatchError(atoms.length, structure.sites.length)
  return structure.sites.map(({ element }, index) => {
    const valence = valenceElectrons[element]
    if (valence === undefined) throw new ValenceUnknownError(element)
    return valence - (atoms[index]?.electrons ?? 0)
  })
}
