/** What L-BFGS remembers of the moves so far. */
export interface LbfgsMemory {
  /** Search direction for the present downhill force, in Å per unit step. */
  direction(force: Float64Array): Float64Array
  /** @param move in Å; @param gradientChange in eV/Å */
  learn(move: Float64Array, gradientChange: Float64Array): void
  forget(): void
}

const memoryLength = 12
/** Inverse curvature before anything is known, in Å²/eV: a stiff bond of the model has 15 to 50 eV/Å². */
const firstInverseCurvature = 1 / 60

interface Move {
  readonly s: Float64Array
  readonly y: Float64Array
  readonly rho: number
}

/** @source Nocedal, Math. Comp. 35, 773 (1980): the two-loop recursion */
export function lbfgsMemory(): LbfgsMemory {
  const moves: Move[] = []
  return {
    direction: (force) => twoLoops(force, moves),
    learn(s, y) {
      const product = dot(s, y)
      // Negative curvature along the move tells nothing about a minimum.
      if (product <= 1e-10) return
      moves.push({ s, y, rho: 1 / product })
      if (moves.length > memoryLength) moves.shift()
    },
    forget: () => void (moves.length = 0),
  }
}

function twoLoops(force: Float64Array, moves: readonly Move[]): Float64Array {
  const q = force.slice()
  const alphas: number[] = []
  for (const { s, y, rho } of [...moves].reverse()) {
    const alpha = rho * dot(s, q)
    alphas.push(alpha)
    addScaled(q, y, -alpha)
  }
  const last = moves.at(-1)
  const scale = last === undefined ? firstInverseCurvature : 1 / (last.rho * dot(last.y, last.y))
  for (let i = 0; i < q.length; i++) q[i]! *= scale
  moves.forEach(({ s, y, rho }, k) => {
    const beta = rho * dot(y, q)
    addScaled(q, s, alphas[moves.length - 1 - k]! - beta)
  })
  return q
}

function addScaled(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * vector[i]!
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
