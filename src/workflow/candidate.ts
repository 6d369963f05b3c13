import type { ImportedFrom } from './imported.ts'

/** One member of a series: a slab (or bulk) with at most one kind of dopant, described for people. */
export interface Candidate {
  /** Short, stable, says what it is: `pristine`, `b-on-mn1`, `b-on-mn1-delith1`. */
  readonly id: string
  /** Member of which sub-series: `pristine`, `Mn`, `Li`; delithiated ones keep the series of their parent. */
  readonly series: string
  readonly dopant: string | null
  /** Words for the site, for instance `Mn 4g, Mn-layer, surface`, or null for the pristine slab. */
  readonly site: SiteDescription | null
  readonly depthAngstrom: number | null
  readonly compensation: string
  readonly delithiation: DelithiationDescription | null
  readonly formula: string
  readonly atomCount: number
  /**
   * Sum of formal charges of the written cell in e with Li+, the host's cations and O2−: +1 means one electron to place
   * (it will reduce a cation), −1 one hole.
   */
  readonly formalChargeBalance: number
  /** Of the electrons that the PAW datasets bring: odd means that some ion must carry an unpaired electron. */
  readonly electronParity: 'even' | 'odd'
  readonly oxidationStates: Readonly<Record<string, number>>
  readonly faces: 'none' | 'one' | 'both'
  readonly frozenLayers: string
  readonly warnings: readonly string[]
  /** The candidate that this is another start of; absent for the first start. */
  readonly startOf?: string
  /** The candidate whose relaxed cell a dopant is put into; absent for candidates that start as they are cut. */
  readonly startsFrom?: string
  /** Absent but for candidates with an ion of the host taken out. */
  readonly vacancy?: { readonly element: string; readonly count: number }
  /** Absent but for the phases that limit chemical potentials. */
  readonly reference?: { readonly phase: string; readonly kind: 'crystal' | 'metal' | 'molecule' }
  /** Absent outside convergence tests: what differs from the screen's own settings. */
  readonly convergence?: { readonly parameter: string; readonly value: number }
  /** Absent but for runs that were made by hand and imported. */
  readonly imported?: ImportedFrom
}

export interface SiteDescription {
  /** Of the ion that was replaced; `interstitial` for a dopant in a void. */
  readonly element: string
  /** Wyckoff position in the host crystal, for instance `4g`; for a void its kind, for instance `tetrahedral`. */
  readonly wyckoff: string
  /** `Li-layer`, `TM-layer` …: which cation layer of the host it belongs to; null in hosts without layers. */
  readonly layer: string | null
  /** `surface`, `subsurface`, `inner`, `centre`, or `bulk`. */
  readonly place: string
  /** POSCAR order, 0-based, of the dopant atoms. */
  readonly ionIndices: readonly number[]
}

export interface DelithiationDescription {
  readonly faces: 'one' | 'both'
  readonly planes: number
  /** The candidate that the ions were taken out of; plans kept from before it existed lack it. */
  readonly of?: string
  readonly removedCount: number
  /** x in LixMnO3-like terms: what is left per host formula unit. */
  readonly remainingPerFormulaUnit: number
  /** Formal holes per O that are left without a cation to take them. */
  readonly formalHolesPerOxygen: number
}
