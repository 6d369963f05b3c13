import { electronicOf } from './convergence.ts'
import { maxForce, type Mobility } from './forces.ts'
import { finite } from './line.ts'
import type { FinalStep, IonicStep, Magnetization, SphereCharge, Triple } from './outcar.ts'
import type { Settings } from './settings.ts'
import type { SiteTable, SiteTableName } from './site-tables.ts'
import type { StepDraft } from './timeline.ts'

type Known = { settings: Settings; incar: Settings }

/** Fields that are undefined are left out. */
export function withoutAbsent<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}

export function ionicStep(step: StepDraft, known: Known, withArrays: boolean): IonicStep {
  return withoutAbsent({
    totenEv: step.totenEv,
    energyWithoutEntropyEv: step.energyWithoutEntropyEv,
    energySigmaToZeroEv: step.energySigmaToZeroEv,
    scfSteps: step.scfSteps,
    lastEnergyChangeEv: step.lastEnergyChangeEv,
    electronicConverged: electronicOf(step, known),
    maxForceEvPerAngstrom: step.maxForceEvPerAngstrom,
    rmsForceEvPerAngstrom: step.rmsForceEvPerAngstrom,
    driftEvPerAngstrom: step.driftEvPerAngstrom as Triple | undefined,
    pressureKbar: step.pressureKbar,
    volumeAngstrom3: step.volumeAngstrom3,
    fermiEnergyEv: step.fermiEnergyEv,
    totalMagnetizationMuB: lengthOf(step.magnetizationMuB),
    temperatureK: step.temperatureK,
    kineticEnergyEv: step.kineticEnergyEv,
    loopSeconds: step.loopSeconds,
    ...(withArrays
      ? { forcesEvPerAngstrom: step.forces, positionsCartesianAngstrom: step.positions, latticeAngstrom: step.lattice }
      : {}),
  }) as IonicStep
}

/** The last step with energy and forces; else the last with an energy, else the last with forces. */
export function finalStep(steps: readonly StepDraft[], fallback: { lattice?: Float64Array | undefined; positions?: Float64Array | undefined }, mobility?: Mobility): FinalStep | undefined {
  const whole = steps.findLastIndex((step) => step.totenEv !== undefined && step.forces !== undefined)
  const index = whole >= 0 ? whole : steps.findLastIndex((step) => step.totenEv !== undefined || step.forces !== undefined)
  const step = steps[index]
  if (step === undefined) return undefined
  return withoutAbsent({
    step: index,
    totenEv: step.totenEv,
    energyWithoutEntropyEv: step.energyWithoutEntropyEv,
    energySigmaToZeroEv: step.energySigmaToZeroEv,
    forcesEvPerAngstrom: triples(step.forces),
    maxForceEvPerAngstrom: step.forces === undefined ? undefined : finite(maxForce(step.forces, mobility)),
    driftEvPerAngstrom: step.driftEvPerAngstrom as Triple | undefined,
    latticeAngstrom: triples(step.lattice ?? fallback.lattice),
    positionsCartesianAngstrom: triples(step.positions ?? fallback.positions),
    pressureKbar: step.pressureKbar,
    stressKbar: step.stressKbar === undefined ? undefined : [...step.stressKbar],
    volumeAngstrom3: step.volumeAngstrom3,
  }) as FinalStep
}

export function magnetization(tables: ReadonlyMap<SiteTableName, SiteTable>, total: readonly number[] | undefined): Magnetization | undefined {
  const [x, y, z] = [tables.get('x'), tables.get('y'), tables.get('z')]
  if (x === undefined && total === undefined) return undefined
  const isVector = y !== undefined && z !== undefined
  const vectors = x === undefined || !isVector ? undefined : x.rows.map((row, ion): Triple => [row.at(-1)!, y.rows[ion]?.at(-1) ?? NaN, z.rows[ion]?.at(-1) ?? NaN])
  return withoutAbsent({
    perIonMuB: vectors?.map((vector) => Math.hypot(...vector)) ?? x?.rows.map((row) => row.at(-1)!),
    perIonVectorMuB: vectors,
    totalMuB: lengthOf(total),
    totalVectorMuB: total !== undefined && total.length >= 3 ? (total.slice(0, 3) as unknown as Triple) : undefined,
    tables: withoutAbsent({ x, y, z }),
  }) as Magnetization
}

export function sphereCharge(tables: ReadonlyMap<SiteTableName, SiteTable>): SphereCharge | undefined {
  const table = tables.get('charge')
  return table === undefined ? undefined : { perIonElectrons: table.rows.map((row) => row.at(-1)!), table }
}

function lengthOf(moment: readonly number[] | undefined): number | undefined {
  if (moment === undefined || moment.length === 0) return undefined
  return moment.length >= 3 ? Math.hypot(moment[0]!, moment[1]!, moment[2]!) : moment[0]
}

function triples(flat: Float64Array | undefined): readonly Triple[] | undefined {
  if (flat === undefined) return undefined
  return Array.from({ length: flat.length / 3 }, (_, row): Triple => [flat[3 * row]!, flat[3 * row + 1]!, flat[3 * row + 2]!])
}
