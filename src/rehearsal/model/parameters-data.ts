/** Name and version of the parameter set; printed in every output. A change of any number below needs a new one. */
export const parameterSet = 'bond-valence-1'

/** One formal state of a cation that the model knows. */
export interface CationState {
  readonly formalCharge: number
  /** Bond-valence length R0 towards oxygen. */
  readonly r0Angstrom: number
  /** Coordination number at which the Morse well of one bond has its minimum. */
  readonly preferredCoordination: number
  /** Spin moment that the stand-in prints for this state, in μB. */
  readonly momentMuB: number
}

export interface CationData {
  /** Usual state first; the others are used, in this order, when the cell has electrons to place. */
  readonly states: readonly [CationState, ...CationState[]]
  /** Small, strongly bound ions get stiffer terms where they are the minority. */
  readonly stiffAsDopant: boolean
}

function state(
  formalCharge: number,
  r0Angstrom: number,
  preferredCoordination = 6,
  momentMuB = 0,
): CationState {
  return { formalCharge, r0Angstrom, preferredCoordination, momentMuB }
}

function host(first: CationState, ...reduced: CationState[]): CationData {
  return { states: [first, ...reduced], stiffAsDopant: false }
}

function smallIon(only: CationState): CationData {
  return { states: [only], stiffAsDopant: true }
}

/**
 * Cations by element.
 *
 * Li, Mn, B, P, S, Si and Al are the tested part of the set. The rest is a fallback with the weights of the host.
 *
 * @source R0: Brown and Altermatt, Acta Cryst. B41, 244 (1985); Brese and O'Keeffe, Acta Cryst. B47, 192 (1991) for
 * elements the former leaves out and for Si; Al from later lists (Brown, private communication in bvparm)
 */
export const cationData: Readonly<Record<string, CationData>> = {
  Li: host(state(1, 1.466)),
  Mn: host(state(4, 1.753, 6, 3.0), state(3, 1.76, 6, 3.8), state(2, 1.79, 6, 4.6)),
  B: smallIon(state(3, 1.371, 3)),
  P: smallIon(state(5, 1.617, 4)),
  S: smallIon(state(6, 1.624, 4)),
  Si: smallIon(state(4, 1.624, 4)),
  Al: smallIon(state(3, 1.62, 6)),
  Na: host(state(1, 1.8)),
  K: host(state(1, 2.13)),
  Mg: host(state(2, 1.693)),
  Ca: host(state(2, 1.967)),
  Sr: host(state(2, 2.118)),
  Ba: host(state(2, 2.29)),
  Sc: host(state(3, 1.849)),
  Y: host(state(3, 2.014)),
  La: host(state(3, 2.172)),
  Ce: host(state(4, 2.028)),
  Ti: host(state(4, 1.815), state(3, 1.791, 6, 0.9)),
  Zr: host(state(4, 1.928)),
  Hf: host(state(4, 1.923)),
  V: host(state(5, 1.803), state(4, 1.784, 6, 1.0)),
  Nb: host(state(5, 1.911)),
  Ta: host(state(5, 1.92)),
  Cr: host(state(3, 1.724, 6, 3.0)),
  Mo: host(state(6, 1.907)),
  W: host(state(6, 1.921)),
  Fe: host(state(3, 1.759, 6, 4.2), state(2, 1.734, 6, 3.7)),
  Ru: host(state(4, 1.834)),
  Co: host(state(3, 1.7), state(2, 1.692, 6, 2.7)),
  Ni: host(state(3, 1.75, 6, 1.0), state(2, 1.654, 6, 1.7)),
  Cu: host(state(2, 1.679, 6, 0.6)),
  Zn: host(state(2, 1.704, 4)),
  Ga: host(state(3, 1.73)),
  In: host(state(3, 1.902)),
  Ge: host(state(4, 1.748, 4)),
  Sn: host(state(4, 1.905)),
  Sb: host(state(5, 1.942)),
}

/** Constants of the energy terms, in eV and Å. */
export const termData = {
  bondValence: { softnessAngstrom: 0.37, switchFromAngstrom: 2.6, switchToAngstrom: 3.2 },
  mismatchEv: { host: 0.5, dopant: 3.0, oxygen: 1.0 },
  wellEvPerValence: { host: 1.5, dopant: 2.25 },
  coulomb: { strengthEvAngstrom: 8.5, screeningAngstrom: 1.5, cutoffAngstrom: 5.5 },
  oxygenRepulsion: { heightEv: 0.25, contactAngstrom: 2.6, rangeAngstrom: 0.2 },
  cationRepulsion: { heightEv: 0.02, contactAngstrom: 2.9, rangeAngstrom: 0.25 },
  repulsionSwitch: { fromAngstrom: 3.0, toAngstrom: 4.0 },
  dimer: { depthEv: 6, steepnessPerAngstrom: 2, lengthAngstrom: 1.45 },
} as const

/** A minority cation is one that makes up at most this share of all cations. */
export const minorityShare = 0.2
