import type { IncarValue } from '../vasp/input/incar-value.ts'

/**
 * `numerics`: another way to the same number. `comparability`: the energy would mean something else than that of the
 * other members of the series.
 */
export type CorrectionClass = 'numerics' | 'comparability'

/**
 * The tags that a correction may set. Whatever defines the energy of a series is left out, so that no ladder can change
 * it for one member: ENCUT, PREC, ISMEAR, SIGMA, LREAL, GGA, LDAU…, MAGMOM, NELECT, ISIF, KSPACING.
 */
export const correctableTags = [
  'ALGO',
  'AMIN',
  'AMIX',
  'AMIX_MAG',
  'BMIX',
  'BMIX_MAG',
  'EDIFF',
  'IBRION',
  'ICHARG',
  'IMIX',
  'ISTART',
  'ISYM',
  'KPAR',
  'LMAXMIX',
  'LPEAD',
  'NBANDS',
  'NCORE',
  'NELM',
  'NELMDL',
  'NELMIN',
  'NGX',
  'NGXF',
  'NGY',
  'NGYF',
  'NGZ',
  'NGZF',
  'NPAR',
  'POTIM',
  'SMASS',
  'SYMPREC',
  'TIME',
] as const

export type CorrectableTag = (typeof correctableTags)[number]

/** A change of how the ranks share the work; `applyLayoutChange` carries it out. */
export type LayoutChange = 'kpar-1' | 'ncore-1' | 'double-ncore' | 'halve-ranks-per-node' | 'double-nodes'

/** One thing that is different in the next attempt. There is no change of cell, of atoms or of k-points. */
export type Change =
  | { readonly kind: 'set'; readonly tag: CorrectableTag; readonly value: IncarValue }
  | { readonly kind: 'unset'; readonly tag: CorrectableTag }
  /** `contcar` where `chooseContinuation` finds it sound, else the same POSCAR; WAVECAR where there is one. */
  | { readonly kind: 'start'; readonly geometry: 'contcar' | 'same'; readonly wavecar: 'read' | 'ignore' }
  | { readonly kind: 'remove'; readonly file: 'WAVECAR' | 'CHGCAR' }
  | { readonly kind: 'layout'; readonly change: LayoutChange }
  /** Times the limit of the last attempt, if the site allows. */
  | { readonly kind: 'walltime'; readonly factor: number }
  /** Other nodes, by the batch system's means; `isPoint`: without them there is no use in it. */
  | { readonly kind: 'avoid-nodes'; readonly isPoint?: true }
  /** While it runs: STOPCAR with LSTOP (after the ionic step) or LABORT (after the electronic one). */
  | { readonly kind: 'stop'; readonly how: 'LSTOP' | 'LABORT' }

/** What to do differently, as data: a run can be explained afterwards. */
export interface Correction {
  readonly symptom: string
  /** Place in the ladder of the symptom, from 1. */
  readonly ladderStep: number
  /** Attempts that may use this step. */
  readonly cap: number
  readonly class: CorrectionClass
  readonly changes: readonly Change[]
  readonly reason: string
  readonly source: string
}
