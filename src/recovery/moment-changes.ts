import type { IncarValue } from '../vasp/input/incar-value.ts'
import type { Outcar } from '../vasp/output/outcar/outcar.ts'
import type { PlannedRun } from './run-evidence.ts'

/** An ion whose moment is not the one it was sent with. */
export interface MomentFinding {
  /** 0-based, POSCAR order. */
  readonly index: number
  readonly element: string
  readonly plannedMuB: number
  readonly foundMuB: number
}

// Below this a moment is polarisation of a neighbour, whose direction means little.
const localMuB = 1

/** Ions whose spin turned over, relative to the rest: turning every spin of the cell is no change. */
export function flippedMoments(planned: PlannedRun, outcar: Outcar): readonly MomentFinding[] {
  const pairs = localMoments(planned, outcar).filter(({ foundMuB }) => Math.abs(foundMuB) >= localMuB)
  const overlap = pairs.reduce((sum, { plannedMuB, foundMuB }) => sum + plannedMuB * foundMuB, 0)
  const sign = overlap < 0 ? -1 : 1
  return pairs.filter(({ plannedMuB, foundMuB }) => sign * plannedMuB * foundMuB < 0)
}

// Of Mn4+ (3 μB) and its neighbours in charge; half of it gone is another state.
const lostShare = 0.5

/** Ions that were sent with a local moment and ended with less than half of it: low spin, or a metastable state of +U. */
export function lostMoments(planned: PlannedRun, outcar: Outcar): readonly MomentFinding[] {
  return localMoments(planned, outcar).filter(
    ({ plannedMuB, foundMuB }) => Math.abs(foundMuB) < lostShare * Math.abs(plannedMuB),
  )
}

function localMoments({ structure, incar }: PlannedRun, { magnetization }: Outcar): readonly MomentFinding[] {
  const found = magnetization?.perIonMuB
  if (
    found === undefined ||
    magnetization?.perIonVectorMuB !== undefined ||
    found.length !== structure.sites.length
  )
    return []
  const sent = sentMoments(incar['MAGMOM'])
  return structure.sites.flatMap(({ element, magneticMomentMuB }, index): MomentFinding[] => {
    const plannedMuB = sent?.[index] ?? magneticMomentMuB ?? 0
    return Math.abs(plannedMuB) < localMuB
      ? []
      : [{ index, element, plannedMuB, foundMuB: found[index] ?? 0 }]
  })
}

function sentMoments(value: IncarValue | undefined): readonly number[] | undefined {
  return Array.isArray(value) ? value.map(Number) : undefined
}

/** `Mn 5 (4.0 → −3.1 μB)`, counted from 1. */
export function describeMoments(findings: readonly MomentFinding[]): string {
  const most = 6
  const words = findings
    .slice(0, most)
    .map(
      ({ element, index, plannedMuB, foundMuB }) =>
        `${element} ${index + 1} (${plannedMuB.toFixed(1)} → ${foundMuB.toFixed(1)} μB)`,
    )
  return findings.length > most ? `${words.join(', ')} and ${findings.length - most} more` : words.join(', ')
}
