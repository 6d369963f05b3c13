import { fromContcar, set } from '../changes.ts'
import { numberInForce } from '../run-reading.ts'
import type { Change } from '../correction.ts'
import type { Rung } from '../symptom.ts'

// VASP's own POTIM, and the shortest step that still gets anywhere.
const defaultPotim = 0.5
const leastPotim = 0.05

/** Half the step, from the given geometry. */
export function halfPotim(start: Change, reason: string, cap = 2): Rung {
  return {
    class: 'numerics',
    reason,
    cap,
    changes: (run) => {
      const potim = Number(((numberInForce(run, 'POTIM') ?? defaultPotim) / 2).toPrecision(3))
      return potim < leastPotim ? undefined : [...set({ POTIM: potim }), start]
    },
  }
}

/** Forces are as noisy as the electronic loop is loose. */
export const tighterForces: Rung = {
  class: 'numerics',
  reason: 'Noisy forces mislead the line search: EDIFF ten times tighter (not below 1E-8 eV) and NELMIN = 8.',
  cap: 2,
  changes: (run) => {
    const ediff = Math.max(1e-8, Math.min(1e-6, (numberInForce(run, 'EDIFF') ?? 1e-4) / 10))
    return [...set({ EDIFF: Number(ediff.toPrecision(3)), NELMIN: 8 }), fromContcar]
  },
}

/** Near a minimum RMM-DIIS needs no line search. */
export const quasiNewton: Rung = {
  class: 'numerics',
  reason: 'Near the minimum the quasi-Newton method (IBRION = 1) does without the line search that failed.',
  changes: (run) =>
    numberInForce(run, 'IBRION') === 1 ? undefined : [...set({ IBRION: 1, NELMIN: 8 }), fromContcar],
}

/** Robust far from a minimum. */
export const conjugateGradients: Rung = {
  class: 'numerics',
  reason: 'Conjugate gradients (IBRION = 2) are robust where the quasi-Newton method has lost its way.',
  changes: (run) =>
    numberInForce(run, 'IBRION') === 2 ? undefined : [...set({ IBRION: 2, POTIM: 0.3 }), fromContcar],
}
