import { pairedRattle, type AtomPairing } from '../../structure/dopant/paired-rattle.ts'
import { rattle } from '../../structure/dopant/rattle.ts'
import { withoutLabels } from '../../structure/delithiation.ts'
import { dopedSpeciesOrder, inSpeciesOrder } from '../../structure/species-order.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'

export interface Built {
  readonly id: string
  readonly built: Structure
  /** Elements that the host may lack. */
  readonly added: readonly string[]
  readonly removedLabels: readonly string[]
  readonly pairing: AtomPairing | undefined
  readonly seed: string
}

/** Rattled, without the ions that leave, in the order of POSCAR: host cations as the screen lists them, dopants, anions. */
export function asWritten(
  screen: Screen,
  { id, built, added, removedLabels, pairing, seed }: Built,
): Structure {
  const amplitude = screen.dopants?.rattleAngstrom ?? 0.03
  const rattled =
    pairing === undefined ? rattle(built, amplitude, seed) : pairedRattle(built, pairing, amplitude, seed)
  const kept = removedLabels.length === 0 ? rattled : withoutLabels(rattled, removedLabels)
  return { ...inPoscarOrder(screen, kept, added), comment: `${screen.name} ${id}` }
}

export function inPoscarOrder(screen: Screen, structure: Structure, added: readonly string[]): Structure {
  const states = screen.host.oxidationStates
  const cations = Object.keys(states).filter((element) => (states[element] ?? 0) > 0)
  const order = [
    ...new Set([...cations, ...dopedSpeciesOrder(structure, added, siteOrDefaultStates(screen))]),
  ]
  return inSpeciesOrder(structure, order).structure
}
