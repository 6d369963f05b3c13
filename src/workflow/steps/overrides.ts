import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import { flattenGroups, incarGroupNames, type IncarGroups } from '../../vasp/input/incar-settings.ts'
import { incarTagKinds, knownIncarTags } from '../../vasp/input/incar-tags-data.ts'
import { readIncarValue, writeIncarValue, type IncarValue } from '../../vasp/input/incar-value.ts'
import type { Incar } from '../../vasp/input/incar.ts'
import type { OverrideValue } from './step-kind.ts'

export class OverrideError extends KnownError {
  readonly code = 'INCAR_OVERRIDE'
  readonly remedy =
    'Correct the tag under method.incar of the screen; its page on https://vasp.at/wiki names the values.'
  constructor(tag: string, value: OverrideValue) {
    super(`${tag} cannot be set to "${String(value)}".`)
  }
}

export interface Overridden {
  readonly groups: IncarGroups
  readonly notes: readonly string[]
}

/** Moves the user's tags out of their parts into the last one, and says what they replaced. */
export function applyOverrides(
  groups: IncarGroups,
  overrides: Readonly<Record<string, OverrideValue>>,
): Overridden {
  const user: Incar = Object.fromEntries(
    Object.entries(overrides).map(([tag, value]) => [
      tag.toUpperCase(),
      overrideValue(tag.toUpperCase(), value),
    ]),
  )
  const planned = flattenGroups(groups)
  const kept = incarGroupNames.map((name) => [name, without(groups[name], user)] as const)
  return {
    groups: { ...(Object.fromEntries(kept) as unknown as IncarGroups), user },
    notes: Object.entries(user).map(([tag, value]) => noteOf(tag, value, planned[tag])),
  }
}

function overrideValue(tag: string, value: OverrideValue): IncarValue {
  if (typeof value !== 'string') return checkedKind(tag, value)
  const read = readIncarValue(value, incarTagKinds.get(tag), tag === 'SYSTEM')
  if (read === undefined || read.trailing !== '') throw new OverrideError(tag, value)
  return read.value
}

function checkedKind(tag: string, value: number | boolean): IncarValue {
  const kind = incarTagKinds.get(tag)
  const asWritten = readIncarValue(writeIncarValue(value), kind)
  if (asWritten === undefined) throw new OverrideError(tag, value)
  return asWritten.value
}

function without(group: Incar, user: Incar): Incar {
  return Object.fromEntries(Object.entries(group).filter(([tag]) => !(tag in user)))
}

function noteOf(tag: string, value: IncarValue, planned: IncarValue | undefined): string {
  const set = `${tag} = ${writeIncarValue(value)} is set by the user`
  if (planned !== undefined) return `${set} instead of ${writeIncarValue(planned)}.`
  if (incarTagKinds.has(tag)) return `${set}.`
  const near = didYouMean(tag, knownIncarTags)
  return `${set}; no such tag is known${near === undefined ? '' : `, perhaps ${near} is meant`}.`
}
