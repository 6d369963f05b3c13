import type { Structure } from '../structure/structure.ts'
import type { StepName, StepSettings } from './steps/step-kind.ts'

/** One run of VASP that the screen needs, and what it starts from. Serialisable: the store keeps it as it is. */
export interface PlannedCalculation {
  /** `<screen>/<candidate>/<step>`. */
  readonly id: string
  readonly candidateId: string
  readonly step: StepName
  readonly dependsOn: readonly string[]
  /** What a person reads: `optB86b-vdW+U`, `PBE+U`. */
  readonly functional: string
  readonly kMesh: readonly [number, number, number]
  readonly electronCount: number
  /** Relative folder of the inputs, for `--write` and on the site. */
  readonly folder: string
  readonly start: StartingPoint
  readonly settings: StepSettings
  /** For people: choices, doubts, what the user changed. */
  readonly notes: readonly string[]
}

/** Where the atoms come from. */
export type StartingPoint =
  | { readonly kind: 'structure'; readonly structure: Structure }
  | {
      readonly kind: 'relaxed'
      /** The calculation whose CONTCAR is used. */
      readonly from: string
      /** Labels of the sites that are taken out of it, in the built structure's names (`Li-12`). */
      readonly removedLabels: readonly string[]
      /** Random displacements before the run, so that a symmetry is not kept by accident; 0 for none. */
      readonly rattleAngstrom: number
      readonly seed: string
    }
