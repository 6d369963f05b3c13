import { resourcesOfStep, type Resources } from '../../ports/resources.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Correction } from '../../recovery/correction.ts'
import type { Structure } from '../../structure/structure.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import { correctInput } from '../../workflow/steps/correct-input.ts'
import { prepareRelax } from '../../workflow/steps/relax.ts'
import { prepareStep } from '../../workflow/steps/prepare-step.ts'
import { layoutOf, shareWork } from '../../workflow/steps/share-work.ts'
import type { VaspInput } from '../../workflow/steps/step-kind.ts'
import { attemptPlan, type AttemptPlan, type AttemptStore } from './attempt-plan.ts'
import { avoidingNodes, correctedResources } from './corrected-resources.ts'
import { startOf } from './start-of.ts'

export interface PreparedInput {
  readonly input: VaspInput
  /** WAVECAR of the attempt or of the step before on the same site, when it is there. */
  readonly wavecar: string | undefined
  /** What the batch system is asked for. */
  readonly resources: Resources
  /** New with this attempt. */
  readonly corrections: readonly Correction[]
}

export type InputStore = Pick<Store, 'calculation' | 'result'> & AttemptStore

/** The inputs of an attempt, made from its plan, from what the steps before it left, and from its own history. */
export async function prepareInput(
  store: InputStore,
  connection: SiteConnection,
  calculation: CalculationRecord,
): Promise<PreparedInput> {
  const history = await attemptPlan(store, calculation)
  const start = await startOf(store, calculation, history.start)
  const own = history.orbitalsFrom?.remoteFolder ?? undefined
  const ownWavecar = own === undefined ? undefined : await wavecarIn(connection, own)
  const wavecar = ownWavecar ?? (await keptWavecar(store, connection, start.orbitalsFrom))
  return { ...assemble(connection, calculation, history, { ...start, wavecarKept: wavecar !== undefined }), wavecar }
}

interface StartState {
  readonly structure: Structure
  readonly finalMomentsMuB: readonly number[] | undefined
  readonly wavecarKept: boolean
}

/** The same for the same history: what an attempt was sent with can be told again after it has ended. */
export function assemble(
  { site, scheduler }: Pick<SiteConnection, 'site' | 'scheduler'>,
  { plan }: Pick<CalculationRecord, 'plan'>,
  { corrections, inForce, start }: Pick<AttemptPlan, 'corrections' | 'inForce' | 'start'>,
  { structure, finalMomentsMuB, wavecarKept }: StartState,
): Omit<PreparedInput, 'wavecar'> {
  const kind = stepKindOf(plan)
  const upstream = { wavecarKept, ...(finalMomentsMuB === undefined ? {} : { finalMomentsMuB }) }
  const isRelaxation = kind === 'relax'
  const planned = isRelaxation ? prepareRelax(plan.settings, structure) : prepareStep(kind, plan.settings, structure, upstream)
  const steps = start?.remainingSteps
  const goesOn = isRelaxation && steps !== undefined && steps !== planned.incar['NSW'] ? { remainingSteps: steps } : {}
  const corrected = correctInput(planned, inForce, { ...goesOn, readsOrbitals: isRelaxation && wavecarKept })
  const resources = resourcesOfStep(site.resources, kind)
  const layout = layoutOf(corrected, resources, inForce)
  const asked = avoidingNodes(correctedResources(resources, layout, inForce), scheduler, start?.avoidNodes)
  return { input: shareWork(corrected, layout), resources: asked, corrections }
}

async function keptWavecar(
  store: Pick<Store, 'calculation' | 'result'>,
  connection: SiteConnection,
  from: string | undefined,
): Promise<string | undefined> {
  const before = from === undefined ? undefined : await store.calculation(from)
  if (before?.site !== connection.site.name || before.remoteFolder === null) return undefined
  return wavecarIn(connection, before.remoteFolder)
}

async function wavecarIn({ transport }: SiteConnection, folder: string): Promise<string | undefined> {
  const path = `${folder}/WAVECAR`
  const isThere = await transport.run({ program: 'test', args: ['-s', path] })
  return isThere.exitCode === 0 ? path : undefined
}
