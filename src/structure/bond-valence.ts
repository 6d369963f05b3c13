import { KnownError } from '../base/known-error.ts'
import { bondValenceSources, bondValenceTable, softBonds } from './bond-valence-data.ts'

/** A cation with its formal charge, and the anion it is bonded to. */
export interface BondKind {
  readonly cation: string
  /** Formal charge in e, positive. */
  readonly oxidationState: number
  readonly anion: string
}

export interface BondValenceParameters {
  /** Length in Å of a bond of valence 1. */
  readonly r0Angstrom: number
  readonly bAngstrom: number
  /** The state that R0 was fitted for; 0 when the source does not tell states apart. */
  readonly fittedState: number
  readonly source: string
}

/** No parameters for this pair of elements in any oxidation state. */
export class BondValenceUnknownError extends KnownError {
  readonly code = 'BOND_VALENCE_UNKNOWN'
  readonly remedy: string

  constructor({ cation, anion }: BondKind) {
    super(`No bond-valence parameters for ${cation}–${anion}.`)
    this.remedy = `Give a bond length limit for ${cation}–${anion}, or use one of the anions O, F, Cl, S, N.`
  }
}

/** A bond counts from this share of the cation's formal charge on. */
export const bondedShare = 0.04

/**
 * Valence of one bond: s = exp((R0 − r)/b).
 *
 * @returns valence units; the sum over the bonds of a well-bonded cation is its formal charge
 * @throws BondValenceUnknownError for a pair without parameters
 * @source Brown and Altermatt, Acta Cryst. B41, 244 (1985), eq. 1
 */
export function bondValence(bond: BondKind & { readonly distanceAngstrom: number }): number {
  const { r0Angstrom, bAngstrom } = knownParameters(bond)
  return Math.exp((r0Angstrom - bond.distanceAngstrom) / bAngstrom)
}

/**
 * Longest distance in Å that still counts as a bond: R0 − b·ln(0.04·z), where s = 0.04 z for a cation of charge z.
 *
 * @throws BondValenceUnknownError for a pair without parameters
 */
export function bondLengthCutoffAngstrom(cation: string, oxidationState: number, anion: string): number {
  const { r0Angstrom, bAngstrom } = knownParameters({ cation, oxidationState, anion })
  return r0Angstrom - bAngstrom * Math.log(bondedShare * oxidationState)
}

/**
 * R0 and b of a bond; for a state that nobody fitted, those of the nearest fitted state (`fittedState` says which).
 *
 * @returns undefined for a pair without parameters
 */
export function bondValenceParameters(bond: BondKind): BondValenceParameters | undefined {
  const key = `${bond.cation}-${bond.anion}-${bond.oxidationState}`
  const known = chosen.get(key) ?? nearestFit(bond)
  if (known !== undefined) chosen.set(key, known)
  return known
}

// Bond rules ask for the same few pairs millions of times.
const chosen = new Map<string, BondValenceParameters>()

function nearestFit(bond: BondKind): BondValenceParameters | undefined {
  const fitted = table.get(`${bond.cation}-${bond.anion}`) ?? []
  const distance = (entry: BondValenceParameters) =>
    entry.fittedState === 0 ? 0.5 : Math.abs(entry.fittedState - bond.oxidationState)
  return [...fitted].sort((a, b) => distance(a) - distance(b))[0]
}

/** Oxidation states for which R0 with this anion is known, lowest first. */
export function fittedStates(cation: string, anion: string): readonly number[] {
  const entries = table.get(`${cation}-${anion}`) ?? []
  return entries.map((entry) => entry.fittedState).filter((state) => state > 0).sort((a, b) => a - b)
}

function knownParameters(bond: BondKind): BondValenceParameters {
  const parameters = bondValenceParameters(bond)
  if (parameters === undefined) throw new BondValenceUnknownError(bond)
  return parameters
}

const table: ReadonlyMap<string, readonly BondValenceParameters[]> = buildTable()

function buildTable(): Map<string, BondValenceParameters[]> {
  const built = new Map<string, BondValenceParameters[]>()
  const add = (cation: string, anion: string, parameters: BondValenceParameters) => {
    const key = `${cation}-${anion}`
    built.set(key, [...(built.get(key) ?? []), parameters])
  }
  for (const [anion, text] of Object.entries(bondValenceTable)) {
    for (const [, cation = '', state, r0, source = ''] of text.matchAll(/([A-Z][a-z]?)(\d):([\d.]+)([a-z]+)/g)) {
      add(cation, anion, entry(Number(state), Number(r0), 0.37, source))
    }
  }
  for (const [cation, state, anion, r0, b, source] of softBonds) add(cation, anion, entry(state, r0, b, source))
  return built
}

function entry(fittedState: number, r0Angstrom: number, bAngstrom: number, letter: string): BondValenceParameters {
  return { r0Angstrom, bAngstrom, fittedState, source: bondValenceSources[letter] ?? letter }
}
