import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import { prepareRelax } from '../../workflow/steps/relax.ts'
import { prepareStep } from '../../workflow/steps/prepare-step.ts'
import type { VaspInput } from '../../workflow/steps/step-kind.ts'
import { startOf } from './start-of.ts'

export interface PreparedInput {
  readonly input: VaspInput
  /** WAVECAR of the relaxation on the same site, when it is there. */
  readonly wavecar: string | undefined
}

/** The inputs of the next attempt, made from its plan and from what the steps before it left. */
export async function prepareInput(
  store: Pick<Store, 'calculation' | 'result'>,
  connection: SiteConnection,
  calculation: CalculationRecord,
): Promise<PreparedInput> {
  const { structure, finalMomentsMuB, orbitalsFrom } = await startOf(store, calculation)
  const { settings } = calculation.plan
  const kind = stepKindOf(calculation.plan)
  if (kind === 'relax') return { input: prepareRelax(settings, structure), wavecar: undefined }
  const wavecar = await keptWavecar(store, connection, orbitalsFrom)
  const upstream = { wavecarKept: wavecar !== undefined, ...(finalMomentsMuB === undefined ? {} : { finalMomentsMuB }) }
  return { input: prepareStep(kind, settings, structure, upstream), wavecar }
}

async function keptWavecar(
  store: Pick<Store, 'calculation' | 'result'>,
  { site, transport }: SiteConnection,
  from: string | undefined,
): Promise<string | undefined> {
  const before = from === undefined ? undefined : await store.calculation(from)
  if (before?.site !== site.name || before.remoteFolder === null) return undefined
  const path = `${before.remoteFolder}/WAVECAR`
  const isThere = await transport.run({ program: 'test', args: ['-s', path] })
  return isThere.exitCode === 0 ? path : undefined
}
