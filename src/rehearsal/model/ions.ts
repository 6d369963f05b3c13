import type { CationState } from './parameters-data.ts'

/** One ion as the energy terms see it. */
export interface Ion {
  readonly element: string
  readonly isOxygen: boolean
  /** In e: 4 for Mn4+, h - 2 for oxygen that carries h holes. */
  readonly formalCharge: number
  /** Bond-valence sum that the ion wants: its formal charge without sign. */
  readonly valence: number
  /** Electron holes on an oxygen, 0 to 1. */
  readonly holes: number
  /** Of a cation: which state was given to it. */
  readonly state?: CationState
  /** Minority cation with the stiffer weights of the tested dopants. */
  readonly isDopant: boolean
}

export function oxygenIon(holes: number): Ion {
  return { element: 'O', isOxygen: true, formalCharge: holes - 2, valence: 2 - holes, holes, isDopant: false }
}

export function cationIon(element: string, state: CationState, isDopant: boolean): Ion {
  return {
    element,
    isOxygen: false,
    formalCharge: state.formalCharge,
    valence: state.formalCharge,
    holes: 0,
    state,
    isDopant,
  }
}

/** `Li+`, `Mn3+`, `O2-`; holes are not shown. */
export function ionName(ion: Ion): string {
  return ion.isOxygen ? 'O2-' : `${ion.element}${ion.formalCharge === 1 ? '' : ion.formalCharge}+`
}

/** Signed, in e: positive when electrons are left to place, negative when holes are. */
export function chargeExcess(ions: readonly Ion[]): number {
  return ions.reduce((sum, ion) => sum + ion.formalCharge, 0)
}

/**
 * Charges of the screened Coulomb term in e, [ion], neutral by construction.
 *
 * Cations get +√(formal charge); the oxygens share the opposite sum with weights 1 - h/2. The square root gives Li 1,
 * Mn 2, O -1.33: near Bader charges, where the formal ones would pull the bulk apart by 0.1 Å.
 */
export function coulombCharges(ions: readonly Ion[]): Float64Array {
  const positive = ions.reduce((sum, ion) => sum + (ion.isOxygen ? 0 : Math.sqrt(ion.formalCharge)), 0)
  const weights = ions.reduce((sum, ion) => sum + (ion.isOxygen ? 1 - ion.holes / 2 : 0), 0)
  return Float64Array.from(ions, (ion) =>
    ion.isOxygen ? (-positive / weights) * (1 - ion.holes / 2) : Math.sqrt(ion.formalCharge),
  )
}
