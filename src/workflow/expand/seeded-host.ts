import { magneticSeed, withMoments, type MagneticSeed } from '../../structure/magnetic-order.ts'
import type { Structure } from '../../structure/structure.ts'
import type { MagneticOrderName, Screen } from '../screen/screen-schema.ts'
import type { BuiltHost } from './built-host.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'

/** The host with the moments of an order, by order. Moments are given before doping: every member starts alike. */
export type SeededHost = (order: MagneticOrderName) => Structure

export function seededHost(screen: Screen, host: BuiltHost): SeededHost {
  const known = new Map<MagneticOrderName, Structure>()
  return (order) => {
    const seeded = known.get(order) ?? withMoments(host.structure, momentsOf(screen, host, order))
    known.set(order, seeded)
    return seeded
  }
}

export function momentsOf(screen: Screen, host: BuiltHost, order: MagneticOrderName): MagneticSeed {
  const name = order === 'fm' ? 'ferromagnetic' : 'neel'
  return magneticSeed(host.structure, name, { oxidationStates: siteOrDefaultStates(screen) })
}
