import { judgeRunState } from '../run-state.ts'
import { electronicOf, judgeConvergence } from './convergence.ts'
import { maxForce, type Mobility } from './forces.ts'
import { finite } from './line.ts'
import type { FinalStep, IonicStep, Magnetization, Outcar, SphereCharge, Triple } from './outcar.ts'
import type { Sections } from './sections.ts'
import type { Settings } from './settings.ts'
import type { SiteTable, SiteTableName } from './site-tables.ts'
import { isStarted, type StepDraft, type Timeline } from './timeline.ts'

type Known = { settings: Settings; incar: Settings }

/** The geometry before the first step, for runs without tables of forces. */
interface Start {
  readonly lattice: Float64Array | undefined
  readonly positions: Float64Array | undefined
}

interface AssemblyOptions {
  readonly mobile?: Mobility
  readonly keepSteps?: 'all' | 'energies'
}

/** Puts together what the sections have read, and judges it. */
export function assembleOutcar(sections: Sections, timeline: Timeline, options: AssemblyOptions, linesRead: number): Outcar {
  const steps = timeline.dft.filter(isStarted)
  const machineLearned = timeline.machineLearned.filter(isStarted)
  const known = sections.settings.result()
  const { species, ionCount } = sections.species.result()
  const { timing, memory, hasTimingBlock } = sections.timing.result()
  const ending = sections.ending.result()
  const tables = sections.siteTables.result()
  const start = { lattice: sections.lattice.latest(), positions: sections.initialPositions.result() }
  const converged = judgeConvergence({ ...known, steps, ending, hasTimingBlock, mobility: options.mobile })
  const hasSteps = steps.length + machineLearned.length > 0 || ending.reachedRequiredAccuracy
  const published = (step: StepDraft): IonicStep => ionicStep(step, known, options.keepSteps === 'all')
  return withoutAbsent({
    ...sections.header.result(),
    runState: judgeRunState({ ...converged, hasTimingBlock, hasSteps, stopped: ending.stopped !== undefined }),
    converged,
    ionicSteps: steps.map(published),
    final: finalStep(steps, start, options.mobile),
    magnetization: magnetization(tables, last(timeline.dft, 'magnetizationMuB')),
    charge: sphereCharge(tables),
    fermiEnergyEv: last(timeline.dft, 'fermiEnergyEv'),
    electronCount: electronsOf(known.settings) ?? last(timeline.dft, 'electrons'),
    ionCount,
    species,
    ...known,
    hubbard: sections.hubbard.result(),
    vdw: sections.vdw.result(),
    kpoints: sections.kpoints.result(),
    grids: sections.grids.result(),
    dipole: sections.dipole.result(),
    onsiteDensities: sections.onsiteDensities.result(),
    boxes: sections.boxes.result(),
    memory,
    timing,
    machineLearnedSteps: machineLearned.map(published),
    linesRead,
  }) as Outcar
}

/** Fields that are undefined are left out. */
function withoutAbsent<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {}
  for (const key in record) if (record[key] !== undefined) kept[key] = record[key]
  return kept as { [K in keyof T]: Exclude<T[K], undefined> }
}

function ionicStep(step: StepDraft, known: Known, withArrays: boolean): IonicStep {
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
function finalStep(steps: readonly StepDraft[], start: Start, mobility?: Mobility): FinalStep | undefined {
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
    latticeAngstrom: triples(step.lattice ?? start.lattice),
    positionsCartesianAngstrom: triples(step.positions ?? start.positions),
    pressureKbar: step.pressureKbar,
    stressKbar: step.stressKbar === undefined ? undefined : [...step.stressKbar],
    volumeAngstrom3: step.volumeAngstrom3,
  }) as FinalStep
}

function magnetization(tables: ReadonlyMap<SiteTableName, SiteTable>, total: readonly number[] | undefined): Magnetization | undefined {
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

function sphereCharge(tables: ReadonlyMap<SiteTableName, SiteTable>): SphereCharge | undefined {
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

/** What the last step that says so says; also of what is printed before the first numbered step (GW). */
function last<Field extends keyof StepDraft>(steps: readonly StepDraft[], field: Field): StepDraft[Field] | undefined {
  return steps.findLast((step) => step[field] !== undefined)?.[field]
}

function electronsOf(settings: Settings): number | undefined {
  const electrons = settings['NELECT']
  return typeof electrons === 'number' ? electrons : undefined
}
