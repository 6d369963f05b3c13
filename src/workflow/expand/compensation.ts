import type { Vector3 } from '../../base/vector.ts'
import type { OxidationStates } from '../../structure/ions.ts'
import { OxidationStateMissingError } from '../../structure/charge-balance.ts'
import type { CompensationScheme } from '../screen/screen-schema.ts'
import type { BuiltHost } from './built-host.ts'
import { placePositions, positionOf, type AddedIon, type Defect } from './defect.ts'
import { depthOf, distanceToAnyAngstrom } from './distances.ts'
import { ImpossibleCompensationError, TooFewIonsError } from './expand-errors.ts'

/** A defect with what makes up for its formal charge. */
export interface Compensated {
  readonly defect: Defect
  /** Ending of the candidate's id, `-4vLi`; empty where electrons or holes are left, or nothing is. */
  readonly suffix: string
  /** `4 vacancies of Li`; undefined where no ion moved. */
  readonly words: string | undefined
}

/**
 * The formal charge in e that a defect brings to its face or cell: dopants minus replaced minus removed ions.
 *
 * @throws OxidationStateMissingError
 */
export function defectBalance(host: BuiltHost, states: OxidationStates, defect: Defect): number {
  const charge = (element: string) => chargeOf(states, element)
  const elementAt = (label: string) => host.ions.find((ion) => ion.label === label)?.element ?? ''
  const gone = [
    ...defect.removedLabels,
    ...defect.places.flatMap((place) => (place.kind === 'site' ? [place.label] : [])),
  ]
  const brought =
    defect.places.length * charge(defect.dopant.element) +
    sum(defect.added.map(({ ion }) => charge(ion.element)))
  return Math.round((brought - sum(gone.map((label) => charge(elementAt(label))))) * 1e6) / 1e6
}

/**
 * Makes a defect formally neutral by vacancies or interstitials of its face, nearest to the dopants or farthest from
 * them; `electronic` leaves electrons or holes to the calculation.
 *
 * @param name  of the candidate, for messages
 * @throws ImpossibleCompensationError when the scheme has the wrong sign or no whole number of ions fits
 * @throws TooFewIonsError
 */
export function compensated(
  host: BuiltHost,
  states: OxidationStates,
  defect: Defect,
  scheme: CompensationScheme,
  name: string,
): Compensated {
  const balance = defectBalance(host, states, defect)
  if (scheme === 'electronic' || balance === 0) return { defect, suffix: '', words: undefined }
  const remedy =
    scheme === 'oxygen-vacancy' ? ({ kind: 'vacancy', element: 'O' } as const) : ionsFor(scheme, balance)
  if (remedy === undefined) throw wrongSign(name, balance, scheme)
  const { kind, element } = remedy
  const each = kind === 'vacancy' ? -chargeOf(states, element) : chargeOf(states, element)
  const count = -balance / each
  if (count < 0) throw wrongSign(name, balance, scheme)
  if (!Number.isInteger(Math.round(count * 1e6) / 1e6))
    throw notWhole(name, balance, `${kind} of ${element}`, each)
  const place = typeof scheme === 'string' ? 'nearest' : scheme.place
  const whole = Math.round(count)
  const mended =
    kind === 'vacancy'
      ? withVacancies(host, defect, { element, count: whole, place, name })
      : withInterstitials(host, states, defect, { element, count: whole, place, name })
  const far = place === 'farthest' ? '-far' : ''
  return {
    defect: mended,
    suffix: `-${whole === 1 ? '' : whole}${kind === 'vacancy' ? 'v' : 'i'}${element}${far}`,
    words: `${whole} ${kind === 'vacancy' ? (whole === 1 ? 'vacancy' : 'vacancies') : whole === 1 ? 'interstitial' : 'interstitials'} of ${element}, ${place}`,
  }
}

interface IonRequest {
  readonly element: string
  readonly count: number
  readonly place: 'nearest' | 'farthest'
  readonly name: string
}

/** Takes the ions out that are nearest to the dopants on their face. @throws TooFewIonsError */
export function withVacancies(
  host: BuiltHost,
  defect: Defect,
  { element, count, place, name }: IonRequest,
): Defect {
  const used = new Set([
    ...defect.removedLabels,
    ...defect.places.flatMap((at) => (at.kind === 'site' ? [at.label] : [])),
  ])
  const face = faceOf(host, defect)
  const free = host.ions.filter(
    (ion) => ion.element === element && !used.has(ion.label) && (face === undefined || ion.face === face),
  )
  if (free.length < count) throw new TooFewIonsError(name, `${count} × ${element}`, free.length)
  const ranked = byDistance(host, defect, free, (ion) => positionOf(host, ion.label), place)
  return {
    ...defect,
    removedLabels: [...defect.removedLabels, ...ranked.slice(0, count).map(({ label }) => label)],
  }
}

/** Nearer to a dopant, an ion in a void would share its face. */
const leastDistanceAngstrom = 1.9

function withInterstitials(
  host: BuiltHost,
  states: OxidationStates,
  defect: Defect,
  request: IonRequest,
): Defect {
  const { element, count, place, name } = request
  const face = faceOf(host, defect)
  const positions = placePositions(host, defect.places)
  const free = [...host.voids('octahedral'), ...host.voids('tetrahedral')].filter(
    ({ fractional }) =>
      (face === undefined || depthOf(host, fractional).face === face) &&
      distanceToAnyAngstrom(host.structure.lattice, positions, fractional) >= leastDistanceAngstrom,
  )
  const ranked = byDistance(host, defect, free, ({ fractional }) => fractional, place)
  const chosen: Vector3[] = []
  for (const { fractional } of ranked) {
    const crowded = distanceToAnyAngstrom(host.structure.lattice, chosen, fractional) < leastDistanceAngstrom
    if (chosen.length < count && !crowded) chosen.push(fractional)
  }
  if (chosen.length < count) throw new TooFewIonsError(name, `${count} voids for ${element}`, chosen.length)
  const oxidationState = chargeOf(states, element)
  const added = chosen.map((fractional): AddedIon => ({
    ion: { element, oxidationState },
    fractional,
    anchor: anchorOf(host, fractional, face),
  }))
  return { ...defect, added: [...defect.added, ...added] }
}

function ionsFor(scheme: Exclude<CompensationScheme, string>, balance: number) {
  const element = balance > 0 ? scheme.vacancy : scheme.interstitial
  const kind = balance > 0 ? ('vacancy' as const) : ('interstitial' as const)
  return element === undefined ? undefined : { kind, element }
}

/** The half of the slab that a defect belongs to; undefined in bulk and for defects in the middle. */
function faceOf(host: BuiltHost, { places }: Defect): 'top' | 'bottom' | undefined {
  const labels = places.map((place) => (place.kind === 'site' ? place.label : place.anchor))
  const face = host.ions.find((ion) => ion.label === labels[0])?.face
  return face === 'centre' || face === null ? undefined : face
}

function byDistance<P>(
  host: BuiltHost,
  defect: Defect,
  all: readonly P[],
  where: (each: P) => Vector3,
  place: IonRequest['place'],
): readonly P[] {
  const from = placePositions(host, defect.places)
  const sign = place === 'nearest' ? 1 : -1
  // Rounded, so that equal distances keep the order of the host on every machine.
  return all
    .map((each) => ({
      each,
      distance: Math.round(distanceToAnyAngstrom(host.structure.lattice, from, where(each)) * 1e4),
    }))
    .sort((a, b) => sign * (a.distance - b.distance))
    .map(({ each }) => each)
}

/** The nearest ion, on the same face where there is a face. */
export function anchorOf(host: BuiltHost, fractional: Vector3, face: 'top' | 'bottom' | undefined): string {
  const eligible = host.ions.filter((ion) => face === undefined || ion.face === face)
  let best = { label: eligible[0]?.label ?? '', distance: Infinity }
  for (const { label } of eligible) {
    const distance = distanceToAnyAngstrom(host.structure.lattice, [fractional], positionOf(host, label))
    if (distance < best.distance - 1e-4) best = { label, distance }
  }
  return best.label
}

function wrongSign(name: string, balance: number, scheme: CompensationScheme): ImpossibleCompensationError {
  const instead =
    balance > 0
      ? 'Use `{ vacancy: Li }` or `electronic` for dopants of higher charge than the ion they replace.'
      : 'Use `{ interstitial: Li }`, `oxygen-vacancy` or `electronic` for dopants of lower charge than the ion they replace.'
  return new ImpossibleCompensationError(
    name,
    balance,
    schemeWords(scheme),
    'it changes the charge the other way',
    instead,
  )
}

function notWhole(name: string, balance: number, what: string, each: number): ImpossibleCompensationError {
  const why = `one ${what} brings ${Math.abs(each)} e, so no whole number of them fits`
  const instead = `Set \`count\` of the site rule so that the charge is a multiple of ${Math.abs(each)} e, or use another compensation.`
  return new ImpossibleCompensationError(name, balance, what, why, instead)
}

function schemeWords(scheme: CompensationScheme): string {
  if (typeof scheme === 'string') return scheme
  const parts = [
    scheme.vacancy && `vacancy of ${scheme.vacancy}`,
    scheme.interstitial && `interstitial ${scheme.interstitial}`,
  ]
  return parts.filter((part) => part !== undefined).join(' or ') || 'an empty scheme'
}

function chargeOf(states: OxidationStates, element: string): number {
  const state = states[element]
  if (state === undefined) throw new OxidationStateMissingError([element])
  return state
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
