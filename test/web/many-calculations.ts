import type { Store } from '../../src/ports/store.ts'
import { seededRandom } from '../../src/base/seeded-random.ts'
import type { Structure } from '../../src/structure/structure.ts'
import type { Candidate } from '../../src/workflow/candidate.ts'
import type { PlannedCalculation } from '../../src/workflow/planned-calculation.ts'
import type { StepSettings } from '../../src/workflow/steps/step-kind.ts'

const elements = ['B', 'Al', 'Si', 'P', 'Ti', 'V', 'Cr', 'Fe', 'Co', 'Ni', 'Zr', 'Nb', 'Mo', 'Ru', 'Sn', 'W'] as const

/** Rocksalt MgO, 4.21 Å: a cell that is quick to keep. */
const cell: Structure = {
  comment: 'MgO',
  lattice: [[0, 2.105, 2.105], [2.105, 0, 2.105], [2.105, 2.105, 0]],
  sites: [{ element: 'Mg', fractional: [0, 0, 0] }, { element: 'O', fractional: [0.5, 0.5, 0.5] }],
} // prettier-ignore

/** A screen of so many calculations, two for each candidate; some are done by hand so that states differ. */
export async function addManyCalculations(store: Store, count: number): Promise<void> {
  const candidates = Array.from({ length: count / 2 }, (_, n) => candidateNumber(n))
  await store.saveScreen({ name: 'large', source: '/large.yaml', text: 'name: large\n', candidates, createdAt: '2026-01-05T08:00:00.000Z' })
  await store.addCalculations('large', 'rehearsal', candidates.flatMap(({ id }) => [planOf(id, 'relax'), planOf(id, 'static')]))
  const random = seededRandom('states of a large screen')
  for (const calculation of await store.summaries({ limit: Math.min(count, 120) })) {
    const to = random() < 0.5 ? 'paused' : random() < 0.5 ? 'ready' : 'failed'
    const failure = { code: 'WALLTIME', message: 'The job ran into its time limit.', remedy: 'Give it more time.' }
    await store.transition(calculation, to, { actor: 'person', reason: 'a test' }, to === 'failed' ? { failure } : {})
  }
}

function candidateNumber(n: number): Candidate {
  const dopant = elements[n % elements.length] ?? 'B'
  return {
    ...{ id: `${dopant}-on-Mn${n}`, series: 'Mn', dopant, depthAngstrom: 1.2, compensation: 'none', delithiation: null },
    ...{ site: { element: 'Mn', wyckoff: '4g', layer: 'TM-layer', place: 'surface', ionIndices: [0] } },
    ...{ formula: `Li16Mn7${dopant}O24`, atomCount: 48, formalChargeBalance: 0, electronParity: 'even', oxidationStates: {} },
    ...{ faces: 'one', frozenLayers: 'none', warnings: [] },
  } as const
}

function planOf(candidateId: string, step: 'relax' | 'static'): PlannedCalculation {
  const id = `large/${candidateId}/${step}`
  return {
    ...{ id, candidateId, step, functional: 'PBE+U', kMesh: [1, 1, 1], electronCount: 128, folder: id, notes: [] },
    dependsOn: step === 'static' ? [`large/${candidateId}/relax`] : [],
    start: { kind: 'structure', structure: cell },
    settings: { ediffEv: 1e-6, ediffgEvPerAngstrom: -0.01 } as StepSettings,
  }
}
