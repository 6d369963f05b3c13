import { primitiveCell } from '../../structure/cells.ts'
import { volumeAngstrom3 } from '../../structure/lattice.ts'
import { matchStructures, type StructureMatch } from '../../structure/match.ts'
import { composition, type Structure } from '../../structure/structure.ts'

export interface Comparison {
  readonly same: boolean
  /** One sentence: of what kind the agreement is, or where it ends. */
  readonly reason: string
  /** In the cells that were compared. */
  readonly match?: StructureMatch
  /** Were supercells reduced before? Then indices are those of the primitive cells. */
  readonly primitive: boolean
  readonly volumePerAtomAngstrom3: readonly [number, number]
}

/**
 * Do two cells hold the same crystal, up to the choice of cell, rotation, origin and order of atoms?
 *
 * Cells of equal size are compared as they are; of different size, their primitive cells.
 */
export function compareStructures(a: Structure, b: Structure, toleranceAngstrom: number): Comparison {
  const volumePerAtomAngstrom3 = [a, b].map((s) => volumeAngstrom3(s.lattice) / s.sites.length) as unknown as [number, number]
  const primitive = a.sites.length !== b.sites.length
  const outcome = { primitive, volumePerAtomAngstrom3 }
  const [ratioA, ratioB] = [ratios(a), ratios(b)]
  if (ratioA !== ratioB) return { ...outcome, same: false, reason: `the compositions differ: ${ratioA} and ${ratioB}` }
  const [first, second] = primitive ? [primitiveCell(a), primitiveCell(b)] : [a, b]
  if (first.sites.length !== second.sites.length) {
    return { ...outcome, same: false, reason: `the primitive cells have ${first.sites.length} and ${second.sites.length} atoms` }
  }
  const match = matchStructures(first, second, { toleranceAngstrom })
  if (match !== undefined) return { ...outcome, same: true, match, reason: `the same crystal within ${toleranceAngstrom} Å` }
  return { ...outcome, same: false, reason: different(first, second, toleranceAngstrom) }
}

/** Where it ends: at the cells, or only at the atoms. */
function different(a: Structure, b: Structure, toleranceAngstrom: number): string {
  const strained = { ...a, lattice: b.lattice }
  const sameAxes = matchStructures(strained, b, { toleranceAngstrom, sameLattice: true })
  if (sameAxes !== undefined) return `the same arrangement in another cell: its vectors differ by more than ${toleranceAngstrom} Å`
  return `cell vectors or atoms differ by more than ${toleranceAngstrom} Å`
}

function ratios(structure: Structure): string {
  const counts = [...composition(structure)].sort(([a], [b]) => (a < b ? -1 : 1))
  const common = counts.reduce((divisor, [, count]) => greatestCommon(divisor, count), 0)
  return counts.map(([element, count]) => `${element}${count / common}`).join(' ')
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b)
}
