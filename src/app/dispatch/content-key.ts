import { createHash } from 'node:crypto'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import type { Templates } from '../../ports/templates.ts'
import type { Structure } from '../../structure/structure.ts'
import { inputContent } from '../../workflow/input-content.ts'
import { inputFiles } from '../../workflow/steps/input-files.ts'
import { attemptPlan } from './attempt-plan.ts'
import { assemble, type InputStore } from './prepare-input.ts'
import { startOf } from './start-of.ts'

export interface InputContent {
  /** sha256, hexadecimal, of everything that decides the numbers of a run. */
  readonly key: string
  /** The atoms with which the calculation begins, POSCAR order. */
  readonly structure: Structure
  /** Has a correction changed what the energy means? */
  readonly isCorrected: boolean
}

/**
 * What a calculation asks VASP for, whatever its attempts did on the way: from its planned start, with those corrections alone
 * that change what the energy means.
 */
export async function inputContentOf(
  { store, templates }: { readonly store: InputStore; readonly templates: Templates },
  connection: SiteConnection,
  calculation: CalculationRecord,
): Promise<InputContent> {
  const { inForce } = await attemptPlan(store, { ...calculation, attempt: calculation.attempt + 1 })
  const fresh = { calculation: store.calculation.bind(store), result: async (id: string) => (id === calculation.id ? undefined : store.result(id)) }
  const start = await startOf(fresh, calculation)
  const changing = inForce.filter((each) => each.class === 'comparability')
  const history = { corrections: [], inForce: changing, start: undefined }
  const { input } = assemble(connection, calculation, history, { ...start, wavecarKept: false })
  const files = await inputFiles(input, (name, values) => templates.render(name, values))
  const { vasp, method } = connection.site
  const content = inputContent(files, { vaspVersion: vasp.version, method })
  return { key: createHash('sha256').update(content).digest('hex'), structure: start.structure, isCorrected: changing.length > 0 }
}
