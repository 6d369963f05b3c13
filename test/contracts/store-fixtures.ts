import type { ScreenRecord } from '../../src/ports/store.ts'
import type { Candidate } from '../../src/workflow/candidate.ts'
import type { PlannedCalculation } from '../../src/workflow/planned-calculation.ts'

export function mgoScreen(name: string, candidates: readonly Candidate[] = []): ScreenRecord {
  return {
    name,
    source: `/home/chemist/${name}.yaml`,
    text: `name: ${name} # MgO\n`,
    candidates,
    createdAt: '2026-11-22T10:00:00.000Z',
  }
}

/** Rock-salt MgO, conventional cell, a = 4.21 Å. */
export function mgoPlan(
  screen: string,
  candidate: string,
  step: PlannedCalculation['step'] = 'relax',
  dependsOn: readonly string[] = [],
): PlannedCalculation {
  return {
    id: `${screen}/${candidate}/${step}`,
    candidateId: candidate,
    step,
    dependsOn,
    functional: 'PBE',
    kMesh: [6, 6, 6],
    electronCount: 64,
    folder: `${screen}/${candidate}/${step}`,
    notes: [],
    start: {
      kind: 'structure',
      structure: {
        comment: 'MgO',
        lattice: [
          [4.21, 0, 0],
          [0, 4.21, 0],
          [0, 0, 4.21],
        ],
        sites: [],
      },
    },
    settings: bitCollection as unknown as PlannedCalculation['settings'],
  }
}

/** Numbers that lose bits in careless hands, and keys in an order that means something. */
const bitCollection = {
  ENCUT: 520,
  EDIFF: 1e-7,
  third: 1 / 3,
  tiny: 5e-324,
  LDAUU: { Mn: 3.9, Mg: 0 },
  AMIX: 0.1 + 0.2,
}
