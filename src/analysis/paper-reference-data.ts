import { bondValence } from '../structure/bond-valence.ts'

/** What the paper reports for one kind of bond. Shown beside results, never used as a test. */
export interface PaperBondLength {
  readonly element: string
  readonly meanAngstrom: number
  readonly formalState: number
}

export const paperSource = 'Sun et al., Adv. Mater. 2025, 37, 2414195, Figure 2a'

/** Mean X–O bond lengths. They belong to different coordinations, so they are not comparable with each other. */
export const paperBondLengths: readonly PaperBondLength[] = [
  { element: 'B', formalState: 3, meanAngstrom: 1.28 },
  { element: 'S', formalState: 6, meanAngstrom: 1.5 },
  { element: 'P', formalState: 5, meanAngstrom: 1.56 },
  { element: 'Si', formalState: 4, meanAngstrom: 1.75 },
  { element: 'Mn', formalState: 4, meanAngstrom: 1.9 },
  { element: 'Al', formalState: 3, meanAngstrom: 1.9 },
]

export function paperBondLength(element: string): PaperBondLength | undefined {
  return paperBondLengths.find((entry) => entry.element === element)
}

/**
 * Coordination number at which the valences of bonds of the paper's mean length add up to the formal charge,
 * z / exp((R0 − d)/0.37): 2.3 for B, 4.3 for P and S, 5.6 for Si, 6.4 for Al, 6.0 for Mn.
 */
export function impliedCoordination({ element, formalState, meanAngstrom }: PaperBondLength): number {
  const bond = { cation: element, oxidationState: formalState, anion: 'O' }
  return formalState / bondValence({ ...bond, distanceAngstrom: meanAngstrom })
}
