import { dopantLimit, stabilityLimits, type PhaseEnergy } from '../../analysis/chemical-potentials.ts'
import type { ChemicalPotentialRules } from '../screen/screen-schema.ts'
import type { PhaseEnergies } from './phase-energies.ts'

/** One set of chemical potentials at which formation energies are given. */
export interface ChemicalLimit {
  /** `Li2O + O2`, or the name in the screen file. */
  readonly name: string
  readonly kind: 'limit' | 'stated'
  /** eV per atom, of the host's elements, or of those stated. */
  readonly potentialsEv: Readonly<Record<string, number>>
}

export interface ChemicalLimits {
  readonly limits: readonly ChemicalLimit[]
  /** Why there are no limits by phases, as a clause. */
  readonly why: string | undefined
}

/** The corners of the host's region of stability, and what the screen states itself. */
export function chemicalLimits({ host, phases, elements }: PhaseEnergies, { stated }: Pick<ChemicalPotentialRules, 'stated'>): ChemicalLimits {
  const own = Object.entries(stated).map(([name, relative]): ChemicalLimit => {
    const known = Object.entries(relative).filter(([element]) => elements[element] !== undefined)
    const absolute = Object.fromEntries(known.map(([element, ev]) => [element, ev + (elements[element] ?? 0)]))
    return { name, kind: 'stated', potentialsEv: withHost(absolute, Object.keys(relative), host) }
  })
  if (host === undefined) return { limits: own, why: 'the energy of the host crystal is missing: add bulk to references' }
  const stability = stabilityLimits(host, phases)
  if (stability.kind === 'stable') {
    const limits = stability.limits.map(({ phases: names, chemicalPotentialsEv }): ChemicalLimit => ({
      name: names.join(' + '),
      kind: 'limit',
      potentialsEv: chemicalPotentialsEv,
    }))
    return { limits: [...limits, ...own], why: undefined }
  }
  const why =
    stability.kind === 'unlimited'
      ? 'the references do not limit the chemical potentials of the host: add its elements and binary oxides'
      : `the host lies ${stability.byEv.toFixed(3)} eV per atom above ${stability.mixture.join(' + ')}, so that it is stable nowhere`
  return { limits: own, why }
}

/** The one element of the host that is not stated has the potential at which the host is in equilibrium. */
function withHost(
  potentialsEv: Readonly<Record<string, number>>,
  stated: readonly string[],
  host: PhaseEnergy | undefined,
): Readonly<Record<string, number>> {
  const open = Object.keys(host?.counts ?? {}).filter((element) => potentialsEv[element] === undefined)
  const [element] = open
  if (host === undefined || element === undefined || open.length > 1 || stated.includes(element)) return potentialsEv
  const others = Object.entries(host.counts).reduce((sum, [other, count]) => sum + count * (potentialsEv[other] ?? 0), 0)
  return { ...potentialsEv, [element]: (host.energyEv - others) / (host.counts[element] ?? 1) }
}

export interface Potentials {
  readonly potentialsEv: Readonly<Record<string, number>>
  /** Phases that set the potential of an element which the host lacks. */
  readonly setBy: readonly string[]
}

/** A limit with the highest potentials that the phases leave to further elements; those without a phase stay out. */
export function withFurtherElements({ potentialsEv }: ChemicalLimit, further: readonly string[], phases: readonly PhaseEnergy[]): Potentials {
  const found = further.flatMap((element) => {
    const limit = potentialsEv[element] === undefined ? dopantLimit(element, potentialsEv, phases) : undefined
    return limit === undefined ? [] : [{ element, ...limit }]
  })
  const added = Object.fromEntries(found.map(({ element, chemicalPotentialEv }) => [element, chemicalPotentialEv]))
  return { potentialsEv: { ...potentialsEv, ...added }, setBy: found.map(({ phase }) => phase) }
}
