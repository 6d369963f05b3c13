import type { Structure } from '../structure/structure.ts'

/** One run of VASP that the screen needs, and what it starts from. Serialisable: the store keeps it as it is. */
export interface PlannedCalculation {
  /** `<screen>/<candidate>/<step>`. */
  readonly id: string
  readonly candidateId: string
  readonly step: string
  readonly dependsOn: readonly string[]
  /** What a person reads: `optB86b-vdW+U`, `PBE+U`. */
  readonly functional: string
  readonly kMesh: readonly [number, number, number]
  readonly electronCount: number
  /** Relative folder of the inputs, for `--write` and on the site. */
  readonly folder: string
  readonly start: StartingPoint
  /** Everything else that `prepare` of the step needs, as plain data. */
  readonly settings: Readonly<Record<string, unknown>>
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
    }
