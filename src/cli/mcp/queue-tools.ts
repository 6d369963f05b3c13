import { z } from 'zod'
import { seriesFlagsOf } from '../../app/results/series-flags.ts'
import { explainCalculation } from '../../app/watch/explain-calculation.ts'
import type { RunProgress } from '../../app/watch/run-progress.ts'
import { methodOfSite } from '../../compose.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import { noticeText } from '../print-waiting.ts'
import { mcpTool, pageInput, pageOf, type McpTool } from './mcp-tool.ts'

const withJob: readonly CalculationState[] = ['submitting', 'submit-unknown', 'queued', 'running', 'suspended', 'cancelling']

const queue = mcpTool({
  name: 'queue',
  title: 'Jobs at the sites',
  description: 'Jobs of this project at the batch systems: running or waiting, with reason and progress, as of the engine’s last look. Asks no site.',
  isReadOnly: true,
  input: z.object({ site: z.string().max(100).optional().describe('only this site'), ...pageInput }),
  answer: async ({ site, ...page }, { withStore }) =>
    withStore(async (store) => {
      const jobs = await store.summaries({ states: withJob, ...(site === undefined ? {} : { site }) })
      const notices = new Map((await store.jobNotices()).map((notice) => [notice.calculationId, noticeText(notice)]))
      const progress = new Map((await store.progress()).map((each) => [each.calculationId, each.progress as RunProgress]))
      const job = ({ id, state, site: at, nativeId, attempt, updatedAt }: (typeof jobs)[number]) => {
        const [waits, known] = [notices.get(id), progress.get(id)]
        return { id, state, site: at, job: nativeId, attempt, since: updatedAt, ...(waits !== undefined && { waits }), ...(known !== undefined && { progress: shortProgress(known) }) }
      }
      return { sites: await store.siteWatches(), ...pageOf(jobs.map(job), page) }
    }),
})

const mostEvents = 40

const calculation = mcpTool({
  name: 'calculation',
  title: 'One calculation, and why',
  description: 'State, attempts with what was found and corrected, what to do next, progress while it runs, energies when it is done, and its latest events.',
  isReadOnly: true,
  input: z.object({ id: z.string().min(1).max(300).describe('screen/candidate/step, from screen_status') }),
  answer: async ({ id }, { workspace, withStore }) =>
    withStore(async (store) => {
      const record = await store.calculation(id)
      if (record === undefined) throw new CalculationUnknownError(id)
      const why = await explainCalculation(store, id)
      const flags = await seriesFlagsOf(store, record, methodOfSite(workspace))
      const events = (await store.events({ calculationId: id })).slice(-mostEvents).map(({ at, to, actor, reason, attempt }) => ({ at, to, actor, reason, attempt }))
      return { ...factsOf(record), why, ...(flags.length > 0 && { seriesFlags: flags }), events, ...(await progressOf(store, record)), ...(await resultOf(store, id)) }
    }),
})

export const queueTools: readonly McpTool[] = [queue, calculation]

function factsOf({ id, state, site, attempt, nativeId, remoteFolder, dependsOn, priority, reusedFrom, failure, plan }: CalculationRecord) {
  const asked = { functional: plan.functional, kMesh: plan.kMesh }
  return { id, state, site, attempt, job: nativeId, folder: remoteFolder, dependsOn, priority, reusedFrom, failure, ...asked }
}

async function progressOf(store: Store, { id, screenName, state, attempt }: CalculationRecord) {
  if (state !== 'running' && state !== 'suspended') return {}
  const known = (await store.progress(screenName)).find((each) => each.calculationId === id && each.attempt === attempt)
  return known === undefined ? {} : { progress: known.progress }
}

async function resultOf(store: Store, id: string) {
  const result = keptResult(await store.result(id))
  if (result === undefined) return {}
  const { method, runState, ionicStepCount, energies, maxForceEvPerAngstrom } = result
  return { result: { method, runState, ionicStepCount, energies, maxForceEvPerAngstrom } }
}

function shortProgress({ ionicSteps, mostIonicSteps, scf, maxForceEvPerAngstrom, secondsLeft, steps, at }: RunProgress) {
  return { at, ionicSteps, mostIonicSteps, scf, maxForceEvPerAngstrom, secondsLeft, energySigmaToZeroEv: steps.at(-1)?.energySigmaToZeroEv ?? null }
}
