import type { Ion } from '../model/ions.ts'

/** N a³/(8π) exp(-a r): N electrons in a shell that falls off with a, in 1/Å. */
export interface Shell {
  readonly electrons: number
  readonly falloffPerAngstrom: number
}

interface IonShells {
  /** Electrons bound tighter than the valence of the table, with their fall-off; the rest of the ion is `outer`. */
  readonly inner?: Shell
  readonly outerFalloff: number
  /** Core, which only the reference density shows. */
  readonly core?: Shell
  /** Charges in e that the placeholder puts on the ion, by formal charge: chosen, not physics. */
  readonly charges: Readonly<Record<number, number>>
}

function shell(electrons: number, falloffPerAngstrom: number): Shell {
  return { electrons, falloffPerAngstrom }
}

const neonCore = shell(10, 14)
const heliumCore = shell(2, 14)

const shellsByElement: Readonly<Record<string, IonShells>> = {
  Li: { outerFalloff: 9, charges: { 1: 0.88 } },
  Mn: { inner: shell(8, 9), outerFalloff: 6, core: neonCore, charges: { 4: 1.85, 3: 1.6, 2: 1.3 } },
  B: { outerFalloff: 8, core: heliumCore, charges: { 3: 2.2 } },
  P: { outerFalloff: 6, core: neonCore, charges: { 5: 3.3 } },
  Si: { outerFalloff: 6, core: neonCore, charges: { 4: 3.0 } },
  Al: { outerFalloff: 6, core: neonCore, charges: { 3: 2.4 } },
  S: { outerFalloff: 6.5, core: neonCore, charges: { 6: 3.6 } },
  O: { outerFalloff: 4.8, core: heliumCore, charges: {} },
}

const otherIon: IonShells = { outerFalloff: 6, core: neonCore, charges: {} }

/** Share of the formal charge that an ion without an entry gets. */
const usualShare = 0.55

/** Charge in e that the placeholder density gives to a cation. */
export function basinCharge(ion: Ion): number {
  return shellsOf(ion).charges[ion.formalCharge] ?? usualShare * ion.formalCharge
}

/** Shells of an ion with this many valence electrons. */
export function valenceShells(ion: Ion, electrons: number): readonly Shell[] {
  const { inner, outerFalloff } = shellsOf(ion)
  if (inner === undefined || electrons <= inner.electrons) return [shell(electrons, outerFalloff)]
  return [inner, shell(electrons - inner.electrons, outerFalloff)]
}

/** Shell of the core, if the placeholder has one. */
export function coreShells(ion: Ion): readonly Shell[] {
  const { core } = shellsOf(ion)
  return core === undefined ? [] : [core]
}

/** Shell that carries the spin of an ion, in μB. */
export function spinShell(ion: Ion, momentMuB: number): readonly Shell[] {
  return momentMuB === 0 ? [] : [shell(momentMuB, shellsOf(ion).outerFalloff)]
}

function shellsOf(ion: Ion): IonShells {
  return shellsByElement[ion.element] ?? otherIon
}
