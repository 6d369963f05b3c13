import { KnownError } from '../base/known-error.ts'
import type { RunSettings } from './run-settings.ts'

/** What is added to the energy of O2 to make up for its overbinding. */
export interface OxygenCorrection {
  readonly evPerO2: number
  /** Words of the functional that it was fitted for. */
  readonly functional: string
  readonly source: string
}

/**
 * Fitted so that PBE formation enthalpies of simple oxides come out right.
 *
 * @source Wang, Maxisch and Ceder, Phys. Rev. B 73, 195107 (2006); the digits as quoted in later work
 */
export const wangCorrection: OxygenCorrection = {
  evPerO2: 1.36,
  functional: 'pbe',
  source: 'Wang, Maxisch and Ceder, Phys. Rev. B 73, 195107 (2006)',
}

export class CorrectionFunctionalError extends KnownError {
  readonly code = 'CORRECTION_FUNCTIONAL'
  readonly remedy = 'Leave the correction of O2 out, or give one that was fitted for the functional of the runs.'
  constructor(fitted: string, used: string) {
    super(`The correction of O2 was fitted for ${fitted}, but the energy is one of ${used}.`)
  }
}

/**
 * E(O2) + correction, in eV per molecule.
 *
 * @throws CorrectionFunctionalError when the run was made with another functional
 */
export function correctedOxygenEv(energyPerO2Ev: number, { evPerO2, functional }: OxygenCorrection, settings: RunSettings): number {
  if (functional === 'pbe' && !isPlainPbe(settings)) throw new CorrectionFunctionalError('PBE', settings.functional)
  return energyPerO2Ev + evPerO2
}

/** As an OUTCAR tells it: GGA = PE, or nothing set and PBE potentials. */
function isPlainPbe({ functional, potentials }: RunSettings): boolean {
  if (functional === 'GGA = PE') return true
  return functional === 'of the potentials' && Object.values(potentials).every((titel) => titel.startsWith('PAW_PBE'))
}
