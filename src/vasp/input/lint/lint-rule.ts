import type { Structure } from '../../../structure/structure.ts'
import type { IncarFile } from '../incar.ts'
import type { IncarValue } from '../incar-value.ts'
import type { Kpoints } from '../kpoints.ts'

/** What is known of one dataset of the POTCAR beside the INCAR. */
export interface LintedPotcar {
  readonly element: string
  readonly functional: 'PBE' | 'LDA' | 'other'
  readonly zval: number
  readonly enmaxEv?: number
}

/** The input files of one folder; only INCAR must be there. */
export interface LintedInputs {
  readonly incar: IncarFile
  readonly kpoints?: Kpoints
  /** Sites in POSCAR order. */
  readonly structure?: Structure
  /** In POTCAR order. */
  readonly potcars?: readonly LintedPotcar[]
}

/** `error`: the run stops or computes something else than meant; `warning`: likely so; `note`: worth a look. */
export type Severity = 'error' | 'warning' | 'note'

export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly tag: string
  /** Line of the tag in INCAR, 1-based; absent when the tag is missing or is in another file. */
  readonly line?: number
  readonly message: string
  readonly why: string
  readonly source: string
}

/** What a rule has to say about one folder; the rest of a finding is the rule's own. */
export interface Complaint {
  readonly tag: string
  readonly message: string
  readonly line?: number
  readonly severity?: Severity
}

export interface LintRule {
  readonly id: string
  readonly severity: Severity
  readonly why: string
  readonly source: string
  readonly check: (inputs: LintedInputs) => readonly Complaint[]
}

export function tagValue(inputs: LintedInputs, tag: string): IncarValue | undefined {
  return inputs.incar.incar[tag]
}

export function numberTag(inputs: LintedInputs, tag: string): number | undefined {
  const value = tagValue(inputs, tag)
  return typeof value === 'number' ? value : undefined
}

export function isOn(inputs: LintedInputs, tag: string): boolean {
  return tagValue(inputs, tag) === true
}

/** Two letters in capitals, as VASP compares them: `PE`, `MK`, `91`. */
export function ggaTag(inputs: LintedInputs): string | undefined {
  const value = tagValue(inputs, 'GGA')
  return value === undefined || value === '--' ? undefined : String(value).toUpperCase().slice(0, 2)
}

export function listTag(inputs: LintedInputs, tag: string): readonly number[] | undefined {
  const value = tagValue(inputs, tag)
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : undefined
}
