import type { Lattice } from '../../structure/lattice.ts'
import { bondValencesOf, type BondValences } from './bond-valences.ts'
import type { DimerPair } from './dimers.ts'
import type { Ion } from './ions.ts'
import { pairsWithin, type PairList } from './pairs.ts'
import { termData } from './parameters-data.ts'
import { bondWell } from './terms/bond-well.ts'
import { cationRepulsion } from './terms/cation-repulsion.ts'
import type { EnergyTerm } from './terms/energy-term.ts'
import { oxygenDimer } from './terms/oxygen-dimer.ts'
import { oxygenRepulsion } from './terms/oxygen-repulsion.ts'
import { screenedCoulomb } from './terms/screened-coulomb.ts'
import { valenceMismatch } from './terms/valence-mismatch.ts'

/** Pairs are listed this much beyond the cut-off, so that the list outlives many small steps. */
const skinAngstrom = 0.6

export interface EnergyModel {
  /**
   * Energy in eV of one geometry.
   *
   * @param positions [ion][xyz] in Å, flat; wrapping into the cell changes nothing
   * @param forces [ion][xyz] in eV/Å, overwritten
   */
  evaluate(positions: Float64Array, forces: Float64Array): number
}

/**
 * The bond-valence model of a cell: valence mismatch, bond wells, screened Coulomb and short-range repulsion.
 *
 * It is a stand-in that keeps oxides in shape, not an approximation of DFT: no number that it gives is a prediction.
 */
export function energyModel(
  lattice: Lattice,
  ions: readonly Ion[],
  dimers: readonly DimerPair[] = [],
): EnergyModel {
  let bound: BoundTerms | undefined
  return {
    evaluate(positions, forces) {
      if (bound === undefined || hasOutrunSkin(positions, bound.builtAt))
        bound = bindTerms(lattice, ions, dimers, positions)
      measure(positions, bound)
      bound.bondValences.update(bound.r)
      bound.slopes.fill(0)
      let energy = 0
      for (const term of bound.terms) energy += term(bound.r, bound.slopes)
      collectForces(bound, forces)
      return energy
    },
  }
}

interface BoundTerms {
  readonly pairs: PairList
  readonly bondValences: BondValences
  readonly terms: readonly EnergyTerm[]
  readonly builtAt: Float64Array
  /** [pair] length in Å, [pair][xyz] vector in Å, [pair] dE/dr in eV/Å. */
  readonly r: Float64Array
  readonly vectors: Float64Array
  readonly slopes: Float64Array
}

function bindTerms(
  lattice: Lattice,
  ions: readonly Ion[],
  dimers: readonly DimerPair[],
  positions: Float64Array,
): BoundTerms {
  const pairs = pairsWithin(lattice, positions, termData.coulomb.cutoffAngstrom + skinAngstrom)
  const bondValences = bondValencesOf(ions, pairs)
  const terms = [
    valenceMismatch(ions, pairs, bondValences),
    bondWell(ions, bondValences),
    screenedCoulomb(ions, pairs),
    oxygenRepulsion(ions, pairs),
    cationRepulsion(ions, pairs),
    ...(dimers.length > 0 ? [oxygenDimer(dimers, pairs)] : []),
  ]
  const buffers = {
    r: new Float64Array(pairs.count),
    vectors: new Float64Array(3 * pairs.count),
    slopes: new Float64Array(pairs.count),
  }
  return { pairs, bondValences, terms, builtAt: positions.slice(), ...buffers }
}

function hasOutrunSkin(positions: Float64Array, builtAt: Float64Array): boolean {
  const limit = (skinAngstrom / 2) ** 2
  for (let i = 0; i < positions.length; i += 3) {
    const x = positions[i]! - builtAt[i]!
    const y = positions[i + 1]! - builtAt[i + 1]!
    const z = positions[i + 2]! - builtAt[i + 2]!
    if (x * x + y * y + z * z > limit) return true
  }
  return false
}

function measure(positions: Float64Array, { pairs, r, vectors }: BoundTerms): void {
  const { first, second, translation } = pairs
  for (let p = 0; p < pairs.count; p++) {
    const i = 3 * first[p]!
    const j = 3 * second[p]!
    const x = positions[j]! + translation[3 * p]! - positions[i]!
    const y = positions[j + 1]! + translation[3 * p + 1]! - positions[i + 1]!
    const z = positions[j + 2]! + translation[3 * p + 2]! - positions[i + 2]!
    vectors[3 * p] = x
    vectors[3 * p + 1] = y
    vectors[3 * p + 2] = z
    r[p] = Math.sqrt(x * x + y * y + z * z)
  }
}

function collectForces({ pairs, r, vectors, slopes }: BoundTerms, forces: Float64Array): void {
  const { first, second } = pairs
  forces.fill(0)
  for (let p = 0; p < pairs.count; p++) {
    const slope = slopes[p]!
    if (slope === 0) continue
    const along = slope / r[p]!
    const i = 3 * first[p]!
    const j = 3 * second[p]!
    const x = along * vectors[3 * p]!
    const y = along * vectors[3 * p + 1]!
    const z = along * vectors[3 * p + 2]!
    forces[i]! += x
    forces[i + 1]! += y
    forces[i + 2]! += z
    forces[j]! -= x
    forces[j + 1]! -= y
    forces[j + 2]! -= z
  }
}
