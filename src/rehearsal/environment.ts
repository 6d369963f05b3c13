import { InputRefusedError } from './input/input-refused.ts'
import { usualSpacingAngstrom } from './density/grid-shape.ts'
import { readFault, type Fault } from './faults/fault.ts'

/** What a user can ask of a rehearsal that VASP has no tag for. */
export interface RehearsalOptions {
  /** Pause in every ionic step, spread over its electronic steps. */
  readonly secondsPerStep: number
  readonly gridSpacingAngstrom: number
  readonly dimers: boolean
  readonly fault: Fault | undefined
  /** `ALGO=Normal`: the fault strikes until INCAR says this. */
  readonly faultUntil: { readonly tag: string; readonly value: string } | undefined
}

/**
 * Reads DOPANT_REHEARSAL_SECONDS_PER_STEP, _GRID_ANGSTROM, _DIMERS, _FAIL and _FAIL_UNTIL.
 *
 * @throws InputRefusedError for a value that is none
 */
export function rehearsalOptions(
  environment: Readonly<Record<string, string | undefined>>,
): RehearsalOptions {
  const value = (name: string) => environment[`DOPANT_REHEARSAL_${name}`]
  const positive = (name: string, fallback: number, least: number) => {
    const text = value(name)
    const number = text === undefined || text === '' ? fallback : Number(text)
    if (Number.isFinite(number) && number >= least) return number
    throw new InputRefusedError(`DOPANT_REHEARSAL_${name} is ${text}.`, `Give a number of at least ${least}.`)
  }
  const [tag, wanted] = (value('FAIL_UNTIL') ?? '').split('=')
  return {
    secondsPerStep: positive('SECONDS_PER_STEP', 0, 0),
    gridSpacingAngstrom: positive('GRID_ANGSTROM', usualSpacingAngstrom, 0.03),
    dimers: ['1', 'true', 'yes'].includes((value('DIMERS') ?? '').toLowerCase()),
    fault: readFault(value('FAIL')),
    faultUntil:
      tag && wanted !== undefined ? { tag: tag.trim().toUpperCase(), value: wanted.trim() } : undefined,
  }
}
