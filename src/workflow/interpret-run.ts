import { finalStructure } from '../recovery/final-structure.ts'
import { settingsFromOutcar } from '../analysis/settings-from-outcar.ts'
import { cellParameters } from '../structure/lattice.ts'
import type { PoscarFile } from '../structure/poscar.ts'
import type { Structure } from '../structure/structure.ts'
import type { AcfFile } from '../vasp/output/acf.ts'
import type { Outcar } from '../vasp/output/outcar/outcar.ts'
import { partitionOrigin } from './partition-origin.ts'
import type { BaderCharges, StepResult } from './step-result.ts'
import { KnownError } from '../base/known-error.ts'

/** The files of a run as read. */
export interface RunFiles {
  readonly step: string
  readonly outcar: Outcar
  readonly contcar: PoscarFile | undefined
  readonly acf: AcfFile | undefined
  /** What the program that made ACF.dat printed. */
  readonly baderOutput: string | undefined
  /** The structure as it was written to POSCAR, with labels. */
  readonly written: Structure
  readonly kMesh: readonly [number, number, number]
}

/** What came back is not the run that was sent: other atoms, or another order. */
export class ForeignOutputError extends KnownError {
  readonly code = 'FOREIGN_OUTPUT'
  readonly remedy = 'Look into the run folder: its files belong to another calculation or were edited by hand.'
  constructor(file: string, found: string, expected: string) {
    super(`${file} speaks of ${found}, but ${expected} was sent.`)
  }
}

/**
 * One run in the words of the store.
 *
 * The geometry is CONTCAR's, with all its digits; every atom keeps the label it was sent with. Where CONTCAR is missing or
 * damaged, a finished run still has the positions of its OUTCAR, with five digits: never those that it was sent with.
 *
 * @throws ForeignOutputError when OUTCAR, CONTCAR or ACF.dat speak of other atoms than were sent
 */
export function interpretRun(files: RunFiles): StepResult {
  const { step, outcar, acf, written, kMesh } = files
  const ions = written.sites.length
  if (outcar.ionCount !== undefined && outcar.ionCount !== ions) {
    throw new ForeignOutputError('OUTCAR', `${outcar.ionCount} ions`, `${ions} ions`)
  }
  const geometry = geometryOf(files)
  return {
    step,
    method: outcar.method,
    vaspVersion: outcar.vaspVersion ?? null,
    runState: outcar.runState,
    electronicConverged: outcar.converged.electronic,
    ionicConverged: outcar.converged.ionic,
    ionicStepCount: outcar.ionicSteps.length,
    electronicMisses: outcar.converged.earlierElectronicMisses,
    geometryFrom: geometry.from,
    structure: geometry.structure,
    energies: energiesOf(outcar),
    maxForceEvPerAngstrom: outcar.final?.maxForceEvPerAngstrom ?? null,
    momentsMuB: outcar.magnetization?.perIonMuB ?? null,
    totalMomentMuB: outcar.magnetization?.totalMuB ?? null,
    electronCount: outcar.electronCount ?? null,
    zval: valences(outcar),
    bader: acf === undefined ? null : chargesOf(acf, files),
    baderMissing: null,
    settings: outcar.final === undefined ? null : settingsFromOutcar(outcar, { step, kMesh, lattice: written.lattice }),
    elapsedSeconds: outcar.timing.elapsedSeconds ?? null,
    diagnoses: [],
    flags: geometry.from === 'OUTCAR' ? ['geometry of OUTCAR: CONTCAR is missing or damaged'] : [],
  }
}

function geometryOf({ contcar, outcar, written }: RunFiles): { readonly from: StepResult['geometryFrom']; readonly structure: Structure } {
  if (contcar !== undefined) return { from: 'CONTCAR', structure: relabelled(contcar.structure, written) }
  const last = outcar.runState === 'finished' ? finalStructure(written, outcar) : undefined
  return last === undefined ? { from: 'POSCAR', structure: written } : { from: 'OUTCAR', structure: last }
}

function energiesOf({ final }: Outcar): StepResult['energies'] {
  return {
    totenEv: final?.totenEv ?? null,
    energyWithoutEntropyEv: final?.energyWithoutEntropyEv ?? null,
    energySigmaToZeroEv: final?.energySigmaToZeroEv ?? null,
  }
}

/** Positions of one, names of the other; the elements must agree ion by ion. */
function relabelled(found: Structure, written: Structure): Structure {
  const sites = written.sites.map((site, i) => {
    const there = found.sites[i]
    if (there?.element !== site.element) {
      throw new ForeignOutputError('CONTCAR', `${there?.element ?? 'nothing'} as ion ${i + 1}`, site.element)
    }
    return { ...site, fractional: there.fractional }
  })
  if (found.sites.length !== written.sites.length) {
    throw new ForeignOutputError('CONTCAR', `${found.sites.length} ions`, `${written.sites.length}`)
  }
  return { ...written, lattice: found.lattice, sites }
}

function valences(outcar: Outcar): Readonly<Record<string, number>> {
  return Object.fromEntries(
    outcar.species.flatMap(({ symbol, zval }) => (zval === undefined ? [] : [[elementOf(symbol), zval]])),
  )
}

/** `Mn_pv` is Mn. */
function elementOf(symbol: string): string {
  return symbol.split(/[_.]/)[0] ?? symbol
}

function chargesOf(acf: AcfFile, { outcar, written, baderOutput }: RunFiles): BaderCharges {
  if (acf.atoms.length !== written.sites.length) {
    throw new ForeignOutputError('ACF.dat', `${acf.atoms.length} atoms`, `${written.sites.length} atoms`)
  }
  return {
    partition: partitionOrigin(baderOutput),
    electrons: acf.atoms.map((atom) => atom.electrons),
    minDistanceAngstrom: acf.atoms.map((atom) => atom.minDistanceAngstrom ?? 0),
    volumeAngstrom3: acf.atoms.map((atom) => atom.volumeAngstrom3 ?? null),
    vacuumElectrons: acf.vacuumElectrons ?? null,
    electronCount: acf.electronCount,
    gridSpacingAngstrom: spacing(outcar, written),
  }
}

function spacing(outcar: Outcar, { lattice }: Structure): number | null {
  const fine = outcar.grids.fine
  if (fine === undefined) return null
  const { aAngstrom, bAngstrom, cAngstrom } = cellParameters(lattice)
  return Math.max(aAngstrom / fine[0], bAngstrom / fine[1], cAngstrom / fine[2])
}
