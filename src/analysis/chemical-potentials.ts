import { combinations, solveLinear } from '../base/linear-system.ts'

/** A phase with its energy; all energies of one set are comparable. */
export interface PhaseEnergy {
  readonly name: string
  /** Atoms by element. */
  readonly counts: Readonly<Record<string, number>>
  /** Of these atoms together. */
  readonly energyEv: number
}

/** A corner of the region in which the host is stable: it coexists there with as many phases as can. */
export interface StabilityLimit {
  /** Names of the coexisting phases, in the order given. */
  readonly phases: readonly string[]
  /** eV per atom. */
  readonly chemicalPotentialsEv: Readonly<Record<string, number>>
}

export type HostStability =
  | { readonly kind: 'stable'; readonly limits: readonly StabilityLimit[] }
  /** A mixture of phases is lower than the host by `byEv` per atom. */
  | { readonly kind: 'unstable'; readonly byEv: number; readonly mixture: readonly string[] }
  /** Too few phases to bound the potentials. */
  | { readonly kind: 'unlimited' }

const tolerance = 1e-7

/**
 * Corners of the region of chemical potentials in which a host is stable: Σ n_i μ_i = E for the host, ≤ E for every phase.
 *
 * By enumeration: with D elements each corner solves D equations, the host's and those of D − 1 phases, and keeps all others.
 *
 * @param phases  competing phases and elements; those with other elements than the host are left out
 * @source Van de Walle and Neugebauer, J. Appl. Phys. 95, 3851 (2004); Buckeridge et al., Comput. Phys. Commun. 185, 330 (2014)
 */
export function stabilityLimits(host: PhaseEnergy, phases: readonly PhaseEnergy[]): HostStability {
  const elements = Object.keys(host.counts)
  const own = lowestOfEach(phases).filter((phase) => isWithin(phase, elements) && !isSameCompound(phase, host))
  const corners = combinations(own, elements.length - 1).flatMap((chosen) => {
    const solution = solveLinear([host, ...chosen].map((phase) => row(phase, elements)), [host, ...chosen].map((phase) => phase.energyEv))
    return solution === undefined ? [] : [solution]
  })
  const kept = distinct(corners.filter((corner) => own.every((phase) => slackEv(phase, elements, corner) > -tolerance)))
  if (kept.length > 0) return { kind: 'stable', limits: kept.map((corner) => limitAt(own, elements, corner)) }
  const below = lowestMixture(host, own, elements)
  return below === undefined ? { kind: 'unlimited' } : { kind: 'unstable', ...below }
}

/** The highest μ of an element that the host lacks, and the phase that sets it. */
export interface DopantLimit {
  readonly chemicalPotentialEv: number
  readonly phase: string
}

/**
 * μ_X ≤ (E − Σ n_i μ_i) / n_X for every phase with X whose other elements have a potential; at the lowest of these bounds that phase
 * comes out instead of the doped host.
 *
 * @returns undefined when no phase holds the element
 */
export function dopantLimit(
  element: string,
  chemicalPotentialsEv: Readonly<Record<string, number>>,
  phases: readonly PhaseEnergy[],
): DopantLimit | undefined {
  const bounds = phases.flatMap((phase): DopantLimit[] => {
    const count = phase.counts[element] ?? 0
    const others = Object.entries(phase.counts).filter(([other]) => other !== element)
    if (count === 0 || others.some(([other]) => chemicalPotentialsEv[other] === undefined)) return []
    const taken = others.reduce((sum, [other, n]) => sum + n * (chemicalPotentialsEv[other] ?? 0), 0)
    return [{ chemicalPotentialEv: (phase.energyEv - taken) / count, phase: phase.name }]
  })
  return bounds.toSorted((a, b) => a.chemicalPotentialEv - b.chemicalPotentialEv)[0]
}

function row({ counts }: PhaseEnergy, elements: readonly string[]): readonly number[] {
  return elements.map((element) => counts[element] ?? 0)
}

function atomCount({ counts }: PhaseEnergy): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** How far a phase is from coming out, per atom; negative where it does. */
function slackEv(phase: PhaseEnergy, elements: readonly string[], potentials: readonly number[]): number {
  const bound = row(phase, elements).reduce((sum, count, i) => sum + count * (potentials[i] ?? 0), 0)
  return (phase.energyEv - bound) / atomCount(phase)
}

function limitAt(phases: readonly PhaseEnergy[], elements: readonly string[], corner: readonly number[]): StabilityLimit {
  return {
    phases: phases.filter((phase) => slackEv(phase, elements, corner) < tolerance).map(({ name }) => name),
    chemicalPotentialsEv: Object.fromEntries(elements.map((element, i) => [element, corner[i] ?? 0])),
  }
}

/** The cheapest mixture of phases with the host's composition, when it is cheaper than the host. */
function lowestMixture(host: PhaseEnergy, phases: readonly PhaseEnergy[], elements: readonly string[]) {
  const mixtures = elements.flatMap((_, n) => combinations(phases, n + 1)).flatMap((chosen) => mixtureOf(host, chosen, elements) ?? [])
  const lowest = mixtures.toSorted((a, b) => a.energyEv - b.energyEv)[0]
  if (lowest === undefined || lowest.energyEv >= host.energyEv - tolerance) return undefined
  return { byEv: (host.energyEv - lowest.energyEv) / atomCount(host), mixture: lowest.names }
}

/** Amounts of phases that make up the host, none negative; by least squares, which is exact where they can. */
function mixtureOf(host: PhaseEnergy, chosen: readonly PhaseEnergy[], elements: readonly string[]) {
  const [vectors, wanted] = [chosen.map((phase) => row(phase, elements)), row(host, elements)]
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
  const amounts = solveLinear(vectors.map((a) => vectors.map((b) => dot(a, b))), vectors.map((a) => dot(a, wanted)))
  if (amounts === undefined || amounts.some((amount) => amount < tolerance)) return undefined
  const isExact = wanted.every((count, i) => Math.abs(count - dot(amounts, vectors.map((vector) => vector[i] ?? 0))) < 1e-6)
  return isExact ? { energyEv: dot(amounts, chosen.map((phase) => phase.energyEv)), names: chosen.map(({ name }) => name) } : undefined
}

function isWithin({ counts }: PhaseEnergy, elements: readonly string[]): boolean {
  return Object.keys(counts).every((element) => elements.includes(element))
}

function isSameCompound(one: PhaseEnergy, other: PhaseEnergy): boolean {
  return reducedName(one) === reducedName(other)
}

/** Of several structures of one composition, the one with the lowest energy per atom. */
function lowestOfEach(phases: readonly PhaseEnergy[]): readonly PhaseEnergy[] {
  const best = new Map<string, PhaseEnergy>()
  for (const phase of phases) {
    const known = best.get(reducedName(phase))
    if (known === undefined || phase.energyEv / atomCount(phase) < known.energyEv / atomCount(known)) best.set(reducedName(phase), phase)
  }
  return [...best.values()]
}

/** Shares of the elements, the same for every multiple of a formula. */
function reducedName(phase: PhaseEnergy): string {
  const total = atomCount(phase)
  return Object.entries(phase.counts)
    .map(([element, count]) => `${element}${(count / total).toFixed(6)}`)
    .sort()
    .join(' ')
}

function distinct(corners: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return corners.filter((corner, i) => corners.findIndex((other) => other.every((value, n) => Math.abs(value - (corner[n] ?? 0)) < 1e-6)) === i)
}
