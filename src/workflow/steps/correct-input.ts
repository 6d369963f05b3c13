import type { Change, Correction } from '../../recovery/correction.ts'
import { flattenGroups, withoutTags, type IncarGroups } from '../../vasp/input/incar-settings.ts'
import type { Incar } from '../../vasp/input/incar.ts'
import type { VaspInput } from './step-kind.ts'

/** What an attempt does otherwise than its plan, besides corrections. */
export interface InputChanges {
  /** NSW of a relaxation that goes on. */
  readonly remainingSteps?: number
  /** Are there orbitals of an earlier attempt to start from? */
  readonly readsOrbitals?: boolean
}

/**
 * The inputs with the corrections in force, oldest first: a later one wins. Corrected tags stand in a part of their own,
 * and no tag stands in two parts.
 */
export function correctInput(
  input: VaspInput,
  corrections: readonly Correction[],
  { remainingSteps, readsOrbitals = false }: InputChanges = {},
): VaspInput {
  const { set, unset } = tagChanges(corrections.flatMap(({ changes }) => changes))
  const goesOn = {
    ...(remainingSteps === undefined ? {} : { NSW: remainingSteps }),
    // ICHARG = 0 takes the charge from the orbitals that ISTART = 1 reads.
    ...(readsOrbitals ? { ISTART: 1, ICHARG: 0 } : {}),
  }
  const replaced = { ...set, ...goesOn }
  if (Object.keys(replaced).length + unset.length === 0) return input
  const gone = [...Object.keys(replaced), ...unset]
  const groups: IncarGroups = { ...withoutTags(input.incarGroups, gone), corrected: replaced }
  return { ...input, incarGroups: groups, incar: flattenGroups(groups) }
}

function tagChanges(changes: readonly Change[]): { readonly set: Incar; readonly unset: readonly string[] } {
  const tags = new Map<string, Incar[string] | undefined>()
  for (const change of changes) {
    if (change.kind === 'set') tags.set(change.tag, change.value)
    if (change.kind === 'unset') tags.set(change.tag, undefined)
  }
  const set = Object.fromEntries([...tags].flatMap(([tag, value]) => (value === undefined ? [] : [[tag, value]])))
  return { set, unset: [...tags].flatMap(([tag, value]) => (value === undefined ? [tag] : [])) }
}
