import { fromContcarAfresh, set } from '../changes.ts'
import type { Rung } from '../symptom.ts'
import { vaspWiki } from '../sources.ts'
import { numberInForce } from '../run-reading.ts'

// VASP's own.
const defaultSymprec = 1e-5

/** SYMPREC to a value; the same sums over k-points, once VASP agrees with itself about the symmetry. */
export function symprec(value: number, reason: string): Rung {
  return { class: 'numerics', reason, changes: () => set({ SYMPREC: value }) }
}

/** SYMPREC times a factor, within what is sensible. */
export function symprecTimes(factor: number, reason: string): Rung {
  return {
    class: 'numerics',
    reason,
    changes: (run) => {
      const value = Number(((numberInForce(run, 'SYMPREC') ?? defaultSymprec) * factor).toPrecision(3))
      return value < 1e-9 || value > 1e-3 ? undefined : set({ SYMPREC: value })
    },
  }
}

/**
 * No symmetry at all. Comparability: a member without symmetry may relax to what symmetry forbids the others. Not for a
 * run that has it already (ISYM ≤ 0).
 */
const withoutSymmetry: Rung = {
  class: 'comparability',
  reason: 'Without symmetry (ISYM = 0) VASP need not find it; every member of the series has to do the same.',
  changes: (run) => ((numberInForce(run, 'ISYM') ?? 2) <= 0 ? undefined : [...set({ ISYM: 0 }), fromContcarAfresh]),
}

/**
 * Where symmetry is off already VASP still pairs k with −k. Numerics: both are calculated then, and the sums over the mesh
 * are the same.
 */
const everyKPoint: Rung = {
  class: 'numerics',
  reason: 'ISYM = −1: with ISYM = 0 VASP still looks for the pairs of k and −k; calculated each, their sums are the same at twice the cost.',
  source: vaspWiki('ISYM'),
  changes: (run) => (numberInForce(run, 'ISYM') === 0 ? [...set({ ISYM: -1 }), fromContcarAfresh] : undefined),
}

// Orbitals of other k-points are of no use to either.
export const symmetryOff: readonly Rung[] = [withoutSymmetry, everyKPoint]

/** Tighter first, since cells of a plan are exact to many digits, then none. */
export const symmetryLadder: readonly Rung[] = [
  symprec(
    1e-6,
    'A tighter tolerance keeps near-symmetry of a doped or relaxed cell from being taken for symmetry.',
  ),
  symprec(1e-4, 'A looser tolerance accepts symmetry that rounding has blurred.'),
  ...symmetryOff,
]
