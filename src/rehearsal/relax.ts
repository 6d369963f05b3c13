import type { EnergyModel } from './model/energy-model.ts'
import { lbfgsMemory, type LbfgsMemory } from './lbfgs.ts'

/** One accepted geometry: what VASP calls an ionic step. */
export interface IonicStep {
  /** From 1. */
  readonly number: number
  /** [ion][xyz] in Å, flat; not wrapped. */
  readonly positions: Float64Array
  /** [ion][xyz] in eV/Å, flat; those of frozen coordinates are not zeroed. */
  readonly forces: Float64Array
  readonly energyEv: number
  /** Change from the step before; the energy itself at the first. */
  readonly changeEv: number
  /** Does this step fulfil EDIFFG? Never true in a static run. */
  readonly reachedAccuracy: boolean
}

export interface RelaxSettings {
  /** 0 for a static run. */
  readonly NSW: number
  /** Negative: largest force norm in eV/Å; positive: change of energy in eV; zero: never. */
  readonly EDIFFG: number
  /** [ion][xyz] 1 where the coordinate may move. */
  readonly mobile: Uint8Array
}

/** Longest move of one ion in one step. */
const longestMoveAngstrom = 0.2
const shortestTrial = 1e-4

/**
 * Relaxes ions in a fixed cell by L-BFGS with backtracking, and hands over every accepted geometry.
 *
 * The first step is the given geometry itself. The walk ends when EDIFFG is fulfilled, after NSW steps, or when no
 * shorter move lowers the energy.
 */
export function* relax(
  model: EnergyModel,
  start: Float64Array,
  settings: RelaxSettings,
): Generator<IonicStep> {
  let positions: Float64Array = start.slice()
  let forces: Float64Array = new Float64Array(start.length)
  let energyEv = model.evaluate(positions, forces)
  let changeEv = energyEv
  const memory = lbfgsMemory()
  for (let number = 1; ; number++) {
    const reachedAccuracy = settings.NSW > 0 && isRelaxed(forces, changeEv, number, settings)
    yield { number, positions, forces, energyEv, changeEv, reachedAccuracy }
    if (reachedAccuracy || number >= settings.NSW) return
    const next = descend(model, { positions, forces, energyEv }, memory, settings.mobile)
    if (next === undefined) return
    changeEv = next.energyEv - energyEv
    ;({ positions, forces, energyEv } = next)
  }
}

/** Largest force norm in eV/Å over the coordinates that may move. */
export function largestMobileForce(forces: Float64Array, mobile: Uint8Array): number {
  let largest = 0
  for (let i = 0; i < forces.length; i += 3) {
    const x = forces[i]! * mobile[i]!
    const y = forces[i + 1]! * mobile[i + 1]!
    const z = forces[i + 2]! * mobile[i + 2]!
    largest = Math.max(largest, Math.sqrt(x * x + y * y + z * z))
  }
  return largest
}

function isRelaxed(
  forces: Float64Array,
  changeEv: number,
  number: number,
  { EDIFFG, mobile }: RelaxSettings,
): boolean {
  if (EDIFFG < 0) return largestMobileForce(forces, mobile) < -EDIFFG
  return number > 1 && EDIFFG > 0 && Math.abs(changeEv) < EDIFFG
}

interface Point {
  readonly positions: Float64Array
  readonly forces: Float64Array
  readonly energyEv: number
}

function descend(
  model: EnergyModel,
  from: Point,
  memory: LbfgsMemory,
  mobile: Uint8Array,
): Point | undefined {
  const pull = from.forces.map((force, i) => force * mobile[i]!)
  const direction = memory.direction(pull)
  const slope = dotProduct(direction, pull)
  const accepted = slope > 0 ? backtrack(model, from, capped(direction), mobile) : undefined
  const next = accepted ?? backtrack(model, from, capped(pull), mobile)
  if (accepted === undefined) memory.forget()
  if (next !== undefined)
    memory.learn(minus(next.positions, from.positions), minus(pull, maskedForces(next, mobile)))
  return next
}

// Halves the move until the energy falls by a tenth of a thousandth of what the slope promises.
function backtrack(
  model: EnergyModel,
  from: Point,
  move: Float64Array,
  mobile: Uint8Array,
): Point | undefined {
  const promised = dotProduct(move, maskedForces(from, mobile))
  for (let share = 1; share > shortestTrial; share /= 2) {
    const positions = from.positions.map((x, i) => x + share * move[i]!)
    const forces = new Float64Array(positions.length)
    const energyEv = model.evaluate(positions, forces)
    if (energyEv <= from.energyEv - 1e-4 * share * promised) return { positions, forces, energyEv }
  }
  return undefined
}

function maskedForces(point: Point, mobile: Uint8Array): Float64Array {
  return point.forces.map((force, i) => force * mobile[i]!)
}

function capped(direction: Float64Array): Float64Array {
  const longest = largestMobileForce(direction, new Uint8Array(direction.length).fill(1))
  const factor = longest > longestMoveAngstrom ? longestMoveAngstrom / longest : 1
  return direction.map((x) => x * factor)
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((x, i) => x - b[i]!)
}

function dotProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
