import type { Structure } from '../../structure/structure.ts'
import type { PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { defaultStaticSettings, type StepSettings } from '../../workflow/steps/step-kind.ts'

const halfAngstrom = 4.445 / 2

/**
 * Rock-salt MnO, one formula unit: the smallest cell in which a second dataset, a +U on one species only and a charge
 * that moves between atoms can be told right from wrong.
 * The lattice is that of room temperature, about 4.445 Å; nothing is compared with it.
 */
export const testStructure: Structure = {
  comment: 'MnO to try a site',
  lattice: [
    [0, halfAngstrom, halfAngstrom],
    [halfAngstrom, 0, halfAngstrom],
    [halfAngstrom, halfAngstrom, 0],
  ],
  sites: [
    { element: 'Mn', fractional: [0, 0, 0], label: 'Mn-1', oxidationState: 2, magneticMomentMuB: 5 },
    { element: 'O', fractional: [0.5, 0.5, 0.5], label: 'O-1', oxidationState: -2, magneticMomentMuB: 0 },
  ],
}

const testSettings: StepSettings = {
  ...defaultStaticSettings,
  method: 'optb86b-vdw',
  hubbardU: { Mn: 4.5 },
  encutEv: 400,
  ediffEv: 1e-4,
  kpoints: { ...defaultStaticSettings.kpoints, mesh: [2, 2, 2] },
}

/** One electronic loop with optB86b-vdW and +U, and its charge; seconds on one core. */
export const testCalculation: PlannedCalculation = {
  id: 'site-check/mno/static',
  candidateId: 'site-check/mno',
  step: 'static',
  kind: 'static',
  dependsOn: [],
  functional: 'optB86b-vdW+U',
  kMesh: [2, 2, 2],
  electronCount: 19,
  folder: 'site-check',
  start: { kind: 'structure', structure: testStructure },
  settings: testSettings,
  notes: [],
}
