import { norm, subtract } from '../base/vector.ts'
import { toCartesian, toFractional, wrapDifference } from '../structure/lattice.ts'
import { shortestDistanceAngstrom } from '../structure/neighbours.ts'
import { readPoscar } from '../structure/poscar.ts'
import type { Structure } from '../structure/structure.ts'
import type { Outcar } from '../vasp/output/outcar/outcar.ts'
import { isKnownError } from '../base/known-error.ts'

/** What an attempt left in its folder. */
export interface LeftBehind {
  /** What the attempt started from. */
  readonly sent: Structure
  /** Undefined when there is none. */
  readonly contcarText?: string
  /** By the site's clock; negative: written before the attempt began. */
  readonly contcarSecondsAfterStart?: number
  readonly outcar?: Outcar
  /** 0 for the empty file that VASP opens at the start. */
  readonly wavecarBytes?: number
  /** NSW of the attempt. */
  readonly plannedSteps: number
  /** ISIF = 3. */
  readonly cellMayChange?: boolean
}

/** Where the next attempt starts. */
export interface Continuation {
  readonly geometry: 'contcar' | 'same'
  /** With the labels, moments and frozen components of what was sent. */
  readonly structure: Structure
  readonly readWavecar: boolean
  /** NSW of the next attempt. */
  readonly remainingSteps: number
  /** In words, for the record: why CONTCAR or WAVECAR are not used. */
  readonly refused: readonly string[]
}

/**
 * Decides which files the next attempt may start from. A CONTCAR that is broken, foreign, stale or impossible is refused,
 * and the attempt starts from what was sent.
 */
export function chooseContinuation(left: LeftBehind): Continuation {
  const { geometry, refusal } = judgeContcar(left)
  const orbitals = judgeWavecar(left)
  const structure = geometry ?? left.sent
  return {
    geometry: geometry === undefined ? 'same' : 'contcar',
    structure,
    readWavecar: orbitals === undefined,
    remainingSteps: geometry === undefined ? left.plannedSteps : remainingSteps(left),
    refused: [refusal, orbitals].filter((words) => words !== undefined),
  }
}

/** What NSW still allows; a run that used it up is given it once more. */
function remainingSteps({ plannedSteps, outcar }: LeftBehind): number {
  const left = plannedSteps - (outcar?.ionicSteps.filter(({ totenEv }) => totenEv !== undefined).length ?? 0)
  return left > 0 ? left : plannedSteps
}

type Judgement =
  | { readonly geometry: Structure; readonly refusal?: undefined }
  | { readonly geometry?: undefined; readonly refusal: string }

function judgeContcar(left: LeftBehind): Judgement {
  if (left.contcarText === undefined || left.contcarText.trim() === '')
    return { refusal: 'there is no CONTCAR, or an empty one' }
  if ((left.contcarSecondsAfterStart ?? 0) < 0) return { refusal: 'CONTCAR is older than the attempt' }
  const found = parsed(left.contcarText)
  if (typeof found === 'string') return { refusal: found }
  const problem =
    otherCrystal(left, found) ??
    impossible(found) ??
    unchanged(left.sent, found) ??
    farFromOutcar(left, found)
  if (problem !== undefined) return { refusal: `CONTCAR ${problem}` }
  const sites = left.sent.sites.map((site, i) => ({ ...site, fractional: found.sites[i]!.fractional }))
  return { geometry: { ...left.sent, lattice: found.lattice, sites } }
}

function parsed(text: string): Structure | string {
  try {
    return readPoscar(text).structure
  } catch (error) {
    if (isKnownError(error)) return `CONTCAR cannot be read: ${error.message}`
    throw error
  }
}

const cellToleranceAngstrom = 1e-3

function otherCrystal({ sent, cellMayChange = false }: LeftBehind, found: Structure): string | undefined {
  if (found.sites.length !== sent.sites.length)
    return `has ${found.sites.length} ions, ${sent.sites.length} were sent`
  const wrong = found.sites.findIndex(({ element }, i) => element !== sent.sites[i]?.element)
  if (wrong >= 0)
    return `has ${found.sites[wrong]?.element} as ion ${wrong + 1}, ${sent.sites[wrong]?.element} was sent`
  const isSameCell = found.lattice.every(
    (row, i) => norm(subtract(row, sent.lattice[i]!)) < cellToleranceAngstrom,
  )
  return isSameCell || cellMayChange ? undefined : 'has another cell than was sent'
}

// O2 has 1.21 Å and O–H 0.97 Å; nothing bonded is nearer than this but hydrogen to itself (0.74 Å).
const overlapAngstrom = 0.65

function impossible(found: Structure): string | undefined {
  const numbers = [found.lattice, found.sites.map(({ fractional }) => fractional)].flat(2)
  if (!numbers.every(Number.isFinite)) return 'has numbers that are none'
  const nearest = shortestDistanceAngstrom(found, 1.5)
  return nearest < overlapAngstrom ? `has atoms ${nearest.toFixed(2)} Å apart` : undefined
}

// POSCAR and CONTCAR carry sixteen digits; a step of the relaxation is larger than rounding.
const sameAngstrom = 1e-6

function unchanged(sent: Structure, found: Structure): string | undefined {
  const isSameCell = found.lattice.every((row, i) => norm(subtract(row, sent.lattice[i]!)) < sameAngstrom)
  return isSameCell && furthestAngstrom(sent, found) < sameAngstrom ? 'is what was sent' : undefined
}

// CONTCAR is one ionic step ahead of the last table of forces; a step of a sound relaxation is far shorter.
const longestStepAngstrom = 1.5

function farFromOutcar({ outcar }: LeftBehind, found: Structure): string | undefined {
  const positions = outcar?.final?.positionsCartesianAngstrom
  if (positions?.length !== found.sites.length) return undefined
  const sites = found.sites.map((site, i) => ({
    ...site,
    fractional: toFractional(found.lattice, positions[i]!),
  }))
  const furthest = furthestAngstrom({ ...found, sites }, found)
  return furthest > longestStepAngstrom
    ? `is ${furthest.toFixed(1)} Å away from the last positions of the OUTCAR`
    : undefined
}

/** The longest way of an ion between two geometries, by the nearest image of a cell that is not too skew. */
function furthestAngstrom(one: Structure, other: Structure): number {
  const distances = one.sites.map((site, i) => {
    const there = other.sites[i]!.fractional
    const difference = wrapDifference(subtract(there, site.fractional))
    return norm(toCartesian(other.lattice, difference))
  })
  return Math.max(0, ...distances)
}

function judgeWavecar({ wavecarBytes, outcar }: LeftBehind): string | undefined {
  if (wavecarBytes === undefined || wavecarBytes === 0) return 'there is no WAVECAR, or an empty one'
  if (outcar === undefined || outcar.ionicSteps.length === 0) return 'WAVECAR is of a run that did not begin'
  return undefined
}
