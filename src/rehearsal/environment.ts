import { readFileSync } from 'node:fs'
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
 * Reads DOPANT_REHEARSAL_SECONDS_PER_STEP, _GRID_ANGSTROM, _DIMERS, _FAIL, _FAIL_UNTIL and _FAIL_PLAN.
 *
 * @throws InputRefusedError for a value that is none
 */
export function rehearsalOptions(
  environment: Readonly<Record<string, string | undefined>>,
  folder = '',
): RehearsalOptions {
  const value = (name: string) => environment[`DOPANT_REHEARSAL_${name}`]
  const positive = (name: string, fallback: number, least: number) => {
    const text = value(name)
    const number = text === undefined || text === '' ? fallback : Number(text)
    if (Number.isFinite(number) && number >= least) return number
    throw new InputRefusedError(`DOPANT_REHEARSAL_${name} is ${text}.`, `Give a number of at least ${least}.`)
  }
  const planned = plannedFault(value('FAIL_PLAN'), folder)
  const [tag, wanted] = (value('FAIL_UNTIL') ?? '').split('=')
  return {
    secondsPerStep: positive('SECONDS_PER_STEP', 0, 0),
    gridSpacingAngstrom: positive('GRID_ANGSTROM', usualSpacingAngstrom, 0.03),
    dimers: ['1', 'true', 'yes'].includes((value('DIMERS') ?? '').toLowerCase()),
    fault: readFault(planned ?? value('FAIL')),
    faultUntil:
      tag && wanted !== undefined ? { tag: tag.trim().toUpperCase(), value: wanted.trim() } : undefined,
  }
}

/**
 * The failure that a file names for this folder: lines of the end of a folder's path, a blank, and the failure. So a
 * campaign gives each attempt of each calculation its own bad day.
 */
function plannedFault(file: string | undefined, folder: string): string | undefined {
  if (file === undefined || file === '') return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const words = lines.map((line) => line.trim().split(/\s+/))
  return words.find(([end = '', wish]) => end !== '' && wish !== undefined && `${folder}/`.endsWith(`/${end}/`))?.[1]
}
