import type { Vector3 } from '../base/vector.ts'
import type { Structure } from '../structure/structure.ts'
import type { Keep } from './disk/large-files.ts'
import type { StepKindName, StepSettings } from './steps/step-kind.ts'

/** One run of VASP that the screen needs, and what it starts from. Serialisable: the store keeps it as it is. */
export interface PlannedCalculation {
  /** `<screen>/<candidate>/<step>`. */
  readonly id: string
  readonly candidateId: string
  /** Its name in the screen, `relax` and `static` unless the screen lists steps of its own. */
  readonly step: string
  /** What is done, whatever it is called; plans kept from before it existed lack it: ask `stepKindOf`. */
  readonly kind?: StepKindName
  readonly dependsOn: readonly string[]
  /** What a person reads: `optB86b-vdW+U`, `PBE+U`. */
  readonly functional: string
  readonly kMesh: readonly [number, number, number]
  readonly electronCount: number
  /** Relative folder of the inputs, for `--write` and on the site. */
  readonly folder: string
  readonly start: StartingPoint
  readonly settings: StepSettings
  /** Large files that stay on the site; absent: the default of `goesByItself`. */
  readonly keep?: Keep
  /** For people: choices, doubts, what the user changed. */
  readonly notes: readonly string[]
}

/** What a calculation does; a step without a kind is named by it. */
export function stepKindOf({ kind, step }: Pick<PlannedCalculation, 'kind' | 'step'>): StepKindName {
  return kind ?? (step === 'relax' ? 'relax' : 'static')
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
      /** Starting moments by label that replace those of the relaxed structure; absent for none. */
      readonly momentsMuB?: Readonly<Record<string, number>>
    }
  | {
      readonly kind: 'relaxed-host'
      /** The relaxation of the host without the defect. */
      readonly from: string
      /** The defect in the host that nothing has relaxed yet: POSCAR order, moments, mobility, and the lattice of both. */
      readonly structure: Structure
      /** [site] of `structure`: the ions of the host that it moves with. */
      readonly movesWith: readonly (readonly HostIonPlace[])[]
    }

/** A starting point that waits for another calculation. */
export type FollowingStart = Exclude<StartingPoint, { readonly kind: 'structure' }>

/** An ion of the host and where it is before anything relaxed. */
export interface HostIonPlace {
  readonly label: string
  readonly fractional: Vector3
}
