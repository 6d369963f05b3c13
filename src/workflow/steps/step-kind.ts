import type { Structure } from '../../structure/structure.ts'
import type { IncarGroups, IncarSettings } from '../../vasp/input/incar-settings.ts'
import type { Incar } from '../../vasp/input/incar.ts'
import type { KMesh, KSpacingSettings } from '../../vasp/input/k-mesh.ts'
import type { PotcarSpec } from '../../vasp/input/potcar-spec.ts'
import type { RelaxedState } from '../../vasp/input/static-incar.ts'

/** A value that a person wrote into a screen file; lists come as text, `8*0.5 4*0`. */
export type OverrideValue = string | number | boolean

/** Everything that makes the inputs of a step, as plain data that the store can keep. */
export interface StepSettings extends IncarSettings {
  /** The vacuum axis follows from the structure (a gap over 6 Å), for slabs and bulk alike; one that is set here is not read. */
  readonly kpoints: StepKpoints
  /** PAW dataset by element; elements that are not here take the default. */
  readonly potcars: Readonly<Record<string, string>>
  /** INCAR tags of the user: applied last, written apart, named in the notes. */
  readonly overrides: Readonly<Record<string, OverrideValue>>
}

/** A mesh by spacing, by density, or the same Γ-centred mesh in every cell; the spacing is not read then. */
export interface StepKpoints extends KSpacingSettings {
  readonly mesh?: readonly [number, number, number] | undefined
  /** k-points times atoms, the same in every cell; the spacing is not read then. */
  readonly pointsPerReciprocalAtom?: number | undefined
}

/** The inputs of one run of VASP as data; `inputFiles` writes them. */
export interface VaspInput {
  /** Below `templates/`. */
  readonly templateName: string
  readonly step: StepKindName
  /** As a methods section writes it: `optB86b-vdW+U`. */
  readonly functional: string
  readonly incar: Incar
  /** The same tags by part, for a file that people read. */
  readonly incarGroups: IncarGroups
  readonly kMesh: KMesh
  readonly kpointsComment: string
  /** POSCAR order as given. */
  readonly structure: Structure
  readonly potcars: PotcarSpec
  readonly electronCount: number
  /** `vdw_kernel.bindat` is needed in the run folder when VASP is older than 6.4.3. */
  readonly needsVdwKernel: boolean
  /** For the plan: choices, doubts, what the user changed. */
  readonly notes: readonly string[]
}

/** What a step does: ions move; charges and energy; density of states. */
export type StepKindName = 'relax' | 'static' | 'dos'

/** Nothing to start from: a static run on a structure that was not relaxed here. */
export const unrelaxed: RelaxedState = { wavecarKept: false }

/** What both steps of the paper share. U in eV on Mn d; see `hubbard-data.ts` for the published values. */
const defaults = {
  encutEv: 520,
  ediffEv: 1e-6,
  ediffgEvPerAngstrom: 0.01,
  maxIonicSteps: 200,
  isif: 2,
  useU: true,
  hubbardU: { Mn: 4.5 },
  ispin: 2,
  isym: 0,
  ismear: 0,
  sigmaEv: 0.05,
  dipoleCorrection: false,
  kpoints: { spacing: 0.04, unit: '2pi/A', rounding: 'ceil' },
  potcars: {},
  overrides: {},
} as const

/** Relaxation with optB86b-vdW; the paper leaves +U open here, the plan says so. */
export const defaultRelaxSettings: StepSettings = { ...defaults, method: 'optb86b-vdw', lreal: 'Auto' }

/** Static run with PBE+U and charge output. */
export const defaultStaticSettings: StepSettings = { ...defaults, method: 'pbe', lreal: false }
