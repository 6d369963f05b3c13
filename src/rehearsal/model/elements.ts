import type { Structure } from '../../structure/structure.ts'
import type { EnergyModel } from './energy-model.ts'
import type { Ion } from './ions.ts'

/** One element alone: a metal, or O2 in a box. The model binds cations to oxygen and has nothing to say about either. */
export function isElement({ sites }: Structure): boolean {
  return sites.every(({ element }) => element === sites[0]?.element)
}

/** Neutral atoms; an oxygen has one unpaired electron, two in O2. */
export function neutralAtoms({ sites }: Structure): readonly Ion[] {
  return sites.map(({ element }) => {
    const isOxygen = element === 'O'
    return { element, isOxygen, formalCharge: 0, valence: 0, holes: isOxygen ? 1 : 0, isDopant: false }
  })
}

/**
 * Placeholder for an element: it stays where it is, and its energy is this per atom in eV, whatever the element. Differences to an oxide
 * mean nothing; they exist so that formulas with references can be rehearsed.
 */
export const elementEnergyEv = -2

export function elementModel(atomCount: number): EnergyModel {
  return {
    evaluate(_positions, forces) {
      forces.fill(0)
      return elementEnergyEv * atomCount
    },
  }
}
